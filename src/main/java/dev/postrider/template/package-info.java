/**
 * The words of a message from a template and data: {@link dev.postrider.template.Templates} fills in the subject, text and
 * html of a request that names a template.
 *
 * <p>A template is a folder with {@code subject.txt}, {@code body.txt} and {@code body.html} in it, found and kept by
 * {@code TemplateFolder}, of which a {@code TemplateSet} of {@code Script}s is made. The language is Qute's; but what it can
 * reach is the data of the request and nothing else, see {@code TemplateLanguage}. The data is seen through
 * {@code DataObject} and {@code DataList}, which know their JSON path, so that what is missing can be named; a
 * {@code Budget} ends what would not end.
 */
package dev.postrider.template;

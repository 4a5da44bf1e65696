/**
 * Send requests to try Postrider with, more than 400 ({@link dev.postrider.corpus.Corpus}): each field of the contract alone, the
 * fields in pairs, and in every field what is hard to carry. {@link dev.postrider.corpus.CorpusMail} makes mail of them as
 * the application does; {@link dev.postrider.corpus.Expected} says what a reader then has to see, and asks nothing of the
 * code that is tested; {@link dev.postrider.corpus.Mime4jReader} and {@link dev.postrider.corpus.PythonReader} read. A new
 * field of the contract takes its place in {@code EachField}, {@code Expected} and, if it is hard to carry, in a list of its
 * own beside the others in {@code Corpus}.
 */
package dev.postrider.corpus;

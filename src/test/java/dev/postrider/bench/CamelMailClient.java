package dev.postrider.bench;

import jakarta.activation.DataHandler;
import jakarta.mail.util.ByteArrayDataSource;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.impl.DefaultCamelContext;

/** Camel's mail component as it comes: it connects for each message. */
final class CamelMailClient extends BlockingClient {

    private CamelContext camel;
    private ProducerTemplate template;
    private String endpoint;

    @Override
    void connect(int port, int count) {
        camel = new DefaultCamelContext();
        camel.start();
        template = camel.createProducerTemplate();
        endpoint = "smtp://" + HOST + ":" + port + "?username=" + USER + "&password=" + PASSWORD
                + "&contentType=text/html&additionalJavaMailProperties.mail.smtp.auth=true"
                + "&additionalJavaMailProperties.mail.smtp.starttls.enable=true"
                + "&additionalJavaMailProperties.mail.smtp.starttls.required=true";
    }

    @Override
    void send(Letter letter) throws Exception {
        Exchange sent = template.send(endpoint, exchange -> {
            AttachmentMessage message = exchange.getMessage(AttachmentMessage.class);
            message.setHeaders(Map.of("From", Letter.FROM, "To", Letter.TO, "Subject", Letter.SUBJECT));
            message.setHeader("CamelMailAlternativeBody", letter.text());
            message.setBody(letter.html());
            if (letter.hasAttachment()) {
                message.addAttachment(
                        Letter.FILE_NAME,
                        new DataHandler(new ByteArrayDataSource(letter.attachment(), Letter.FILE_TYPE)));
            }
        });
        if (sent.getException() != null) {
            throw sent.getException();
        }
    }

    @Override
    void disconnect() {
        camel.stop();
    }
}

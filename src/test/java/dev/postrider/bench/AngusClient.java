package dev.postrider.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** Angus Mail with its transports kept in a pool, as one writes it by hand. */
class AngusClient extends BlockingClient {

    private final List<Transport> all = new ArrayList<>();
    private Session session;
    private BlockingQueue<Transport> free;

    Properties properties() {
        Properties mail = new Properties();
        mail.put("mail.smtp.auth", "true");
        mail.put("mail.smtp.starttls.enable", "true");
        mail.put("mail.smtp.starttls.required", "true");
        return mail;
    }

    @Override
    void connect(int port, int count) throws MessagingException {
        session = Session.getInstance(properties());
        free = new ArrayBlockingQueue<>(count);
        for (int i = 0; i < count; i++) {
            Transport transport = session.getTransport("smtp");
            transport.connect(HOST, port, USER, PASSWORD);
            all.add(transport);
            free.add(transport);
        }
    }

    @Override
    void send(Letter letter) throws Exception {
        MimeMessage message = message(session, letter);
        Transport transport = free.take();
        try {
            transport.sendMessage(message, message.getAllRecipients());
        } finally {
            free.add(transport);
        }
    }

    @Override
    void disconnect() throws MessagingException {
        for (Transport transport : all) {
            transport.close();
        }
        all.clear();
    }

    static MimeMessage message(Session session, Letter letter) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(Letter.FROM));
        message.setRecipient(MimeMessage.RecipientType.TO, new InternetAddress(Letter.TO));
        message.setSubject(Letter.SUBJECT, US_ASCII.name());
        message.setHeader("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(OffsetDateTime.now(ZoneOffset.UTC)));
        MimeMultipart words = words(letter.text(), letter.html());
        if (letter.hasAttachment()) {
            MimeBodyPart both = new MimeBodyPart();
            both.setContent(words);
            MimeBodyPart file = new MimeBodyPart();
            file.setDataHandler(new DataHandler(new ByteArrayDataSource(letter.attachment(), Letter.FILE_TYPE)));
            file.setFileName(Letter.FILE_NAME);
            message.setContent(new MimeMultipart(both, file));
        } else {
            message.setContent(words);
        }
        message.saveChanges();
        return message;
    }

    static MimeMultipart words(String plain, String rich) throws MessagingException {
        MimeBodyPart text = new MimeBodyPart();
        text.setText(plain, US_ASCII.name());
        MimeBodyPart html = new MimeBodyPart();
        html.setText(rich, US_ASCII.name(), "html");
        return new MimeMultipart("alternative", text, html);
    }
}

package dev.postrider.smtp;

/** User name and password; shows only the first. */
record Login(String user, String password) {

    @Override
    public String toString() {
        return "log-in of '" + user + "'";
    }
}

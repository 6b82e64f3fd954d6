package io.patchcord.app;

/**
 * One thing that was looked at.
 *
 * @param ok whether it is as it should be
 * @param subject what was looked at
 * @param detail what was found, and what to do if it is not well
 */
record Finding(boolean ok, String subject, String detail) {

    static Finding ok(String subject, String detail) {
        return new Finding(true, subject, detail);
    }

    static Finding bad(String subject, String detail) {
        return new Finding(false, subject, detail);
    }

    @Override
    public String toString() {
        return (ok ? "ok    " : "WRONG ") + subject + ": " + detail;
    }
}

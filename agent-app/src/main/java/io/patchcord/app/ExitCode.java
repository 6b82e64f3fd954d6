package io.patchcord.app;

/** What the program tells its caller, after {@code sysexits.h}. */
final class ExitCode {

    static final int OK = 0;

    /** The built-in caller got no answer, or a check found something wrong. */
    static final int FAILED = 1;

    /** The command line makes no sense. */
    static final int USAGE = 64;

    /** A mistake of the program's own. */
    static final int INTERNAL = 70;

    /** A setting is missing or wrong, or a port is taken. */
    static final int CONFIGURATION = 78;

    private ExitCode() {}
}

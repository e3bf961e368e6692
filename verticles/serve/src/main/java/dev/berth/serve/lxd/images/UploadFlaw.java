package dev.berth.serve.lxd.images;

/** The body of an upload is wrong in itself. The message is LXD's where it has one. Has no stack trace: nothing broke. */
final class UploadFlaw extends RuntimeException {
    UploadFlaw(String text) {
        super(text, null, false, false);
    }
}

package dev.berth.format.squashfs;

import dev.berth.format.Compression;
import dev.berth.format.FormatException;
import dev.berth.format.ImageFindings;
import dev.berth.format.InspectLimits;
import dev.berth.format.Inspection;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;

/** Finds the metadata and the type of a unified squashfs image (formats 1.1, 1.2 row 7). */
public final class SquashfsInspector {
    private final BlockFile file;
    private final Superblock superblock;
    private final InspectLimits limits;
    private final ImageFindings findings = new ImageFindings();

    private SquashfsInspector(BlockFile file, InspectLimits limits) throws IOException {
        this.file = file;
        this.superblock = Superblock.parse(file.read(0, Superblock.BYTES));
        this.limits = limits;
    }

    /**
     * Reads a few blocks of the file, wherever its position is. Blocks on the disk: for a worker thread.
     *
     * @param file the whole image, open for reading; not closed here
     * @throws FormatException when it is not an image we take; the message is for the sender
     * @throws IOException when the file cannot be read
     */
    public static Inspection inspect(FileChannel file, InspectLimits limits) throws IOException {
        SquashfsInspector inspector = new SquashfsInspector(new BlockFile(file), limits);
        inspector.look();
        return inspector.findings.sumUp(Compression.SQUASHFS, limits);
    }

    private void look() throws IOException {
        for (Listing.Entry entry : list(superblock.root())) {
            if (ImageFindings.isMetadata(entry.name())) {
                findings.metadata(metadata(entry));
            } else if (entry.isDirectory() && entry.name().equals("templates")) {
                noteLinks(entry);
            }
            findings.member(entry.isDirectory() ? entry.name() + "/" : entry.name());
        }
    }

    private byte[] metadata(Listing.Entry entry) throws IOException {
        if (!(inode(entry.inode()) instanceof Inode.Regular regular)) {
            throw ImageFindings.notRegular();
        }
        ImageFindings.checkMetadataSize(regular.bytes(), limits);
        return new FileContent(file, superblock).of(regular);
    }

    private void noteLinks(Listing.Entry templates) throws IOException {
        list(templates.inode()).stream()
                .filter(Listing.Entry::isSymbolicLink)
                .forEach(link -> findings.symbolicLink("templates/" + link.name()));
    }

    private List<Listing.Entry> list(InodeAddress address) throws IOException {
        if (!(inode(address) instanceof Inode.Folder folder)) {
            throw new FormatException("cannot read the squashfs: expected a directory, found something else");
        }
        if (folder.bytes() <= Listing.NOT_THERE) {
            return List.of();
        }
        long position = superblock.directories() + folder.block();
        return Listing.read(reader(position, folder.offset()), folder.bytes());
    }

    private Inode inode(InodeAddress address) throws IOException {
        return Inode.read(reader(superblock.inodes() + address.block(), address.offset()));
    }

    private MetadataReader reader(long position, int offset) throws IOException {
        return new MetadataReader(file, superblock.codec(), position, offset);
    }
}

package dev.berth.format.squashfs;

import dev.berth.format.FormatException;
import dev.berth.format.InspectLimits;
import dev.berth.format.tar.NewMember;
import dev.berth.format.tar.TarWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Optional;

/**
 * Writes the tree of a file system, or of one folder at its top, as a tar archive with that folder as {@code ./}: owners,
 * modes, times, links, device nodes, FIFOs and extended attributes. Sockets are left out, as they are in published images
 * (formats fact 56). The same file gives the same bytes.
 */
public final class SquashfsTar {
    private static final String TOP = "./";
    private static final int PERMISSIONS = 07777;
    private static final int HEADER_BYTES = 512;
    private static final int LONGEST_PATH = 4_096;
    /** Each folder on the way holds a block of its listing; one that contains itself would never end. */
    private static final int DEEPEST = 256;
    /** In bytes. Beyond it, further names of a file get its content instead of a link. */
    private static final long MOST_FOR_LINKS = 16L << 20;

    private final BlockFile file;
    private final Superblock superblock;
    private final InspectLimits limits;
    private final IdTable ids;
    private final AttributeTable attributes;
    private final FileContent content;
    private final TarWriter tar;
    private final LinkedNames linked = new LinkedNames(MOST_FOR_LINKS);
    private long entriesLeft;
    private int depth;
    private long expanded;

    private SquashfsTar(BlockFile file, InspectLimits limits, OutputStream out) throws IOException {
        this.file = file;
        this.superblock = Superblock.parse(file.read(0, Superblock.BYTES));
        this.limits = limits;
        this.ids = IdTable.read(file, superblock);
        this.attributes = new AttributeTable(file, superblock, limits.extendedHeaderBytes());
        this.content = new FileContent(file, superblock);
        this.tar = new TarWriter(out);
        this.entriesLeft = limits.entries();
    }

    /**
     * Reads all of it. Blocks and burns CPU: for a worker thread.
     *
     * @param file open for reading; not closed here
     * @param top name of a folder at the top that is taken as the tree, or empty for the whole
     * @param out gets the archive, ended; not closed here
     * @throws FormatException when it is damaged, beyond the limits, or has no such folder
     */
    public static void write(FileChannel file, String top, InspectLimits limits, OutputStream out) throws IOException {
        SquashfsTar run = new SquashfsTar(new BlockFile(file), limits, out);
        run.add(TOP, run.root(top));
        run.tar.close();
    }

    private Inode root(String top) throws IOException {
        Inode root = inode(superblock.root());
        if (top.isEmpty() || !(root instanceof Inode.Folder folder)) {
            return root;
        }
        for (Listing.Entry entry : top(folder)) {
            if (entry.name().equals(top) && entry.isDirectory()) {
                return inode(entry.inode());
            }
        }
        throw new FormatException("the image has nothing below " + top + "/");
    }

    /** @param path ends in a slash for folders */
    private void add(String path, Inode inode) throws IOException {
        if (--entriesLeft < 0 || path.length() > LONGEST_PATH || depth > DEEPEST) {
            throw new FormatException("cannot read the squashfs: it has more entries, or deeper ones, than are read here");
        }
        checkExpansion(HEADER_BYTES);
        if (inode instanceof Inode.Folder folder) {
            addFolder(path, folder);
        } else {
            addFile(path, inode);
        }
    }

    private void addFile(String path, Inode inode) throws IOException {
        Optional<String> first = linked.first(inode.facts());
        if (first.isPresent()) {
            tar.member(member(path, '1', inode, 0, first.get(), null));
        } else {
            linked.note(inode.facts(), path);
            addThing(path, inode);
        }
    }

    private void addFolder(String path, Inode.Folder folder) throws IOException {
        tar.member(member(path, '5', folder, 0, "", null));
        String prefix = path.equals(TOP) ? "" : path;
        if (folder.bytes() > Listing.NOT_THERE) {
            depth++;
            Listing.each(listing(folder), folder.bytes(), entry -> addEntry(prefix, entry));
            depth--;
        }
    }

    private void addEntry(String prefix, Listing.Entry entry) throws IOException {
        add(prefix + entry.name() + (entry.isDirectory() ? "/" : ""), checked(entry, inode(entry.inode())));
    }

    /** A listing and an inode that disagree would make a folder of what is none. */
    private static Inode checked(Listing.Entry entry, Inode inode) throws FormatException {
        if (entry.isDirectory() != inode instanceof Inode.Folder) {
            throw new FormatException("cannot read the squashfs: a directory and an inode disagree");
        }
        if (entry.name().isEmpty() || entry.name().contains("/") || entry.name().equals(".") || entry.name().equals("..")) {
            throw new FormatException("cannot read the squashfs: a name in a directory is none");
        }
        return inode;
    }

    private void addThing(String path, Inode inode) throws IOException {
        if (inode instanceof Inode.Regular regular) {
            checkExpansion(regular.bytes());
            tar.file(member(path, '0', inode, regular.bytes(), "", null), out -> content.copy(regular, out));
        } else if (inode instanceof Inode.Link link) {
            tar.member(member(path, '2', inode, 0, link.target(), null));
        } else if (inode instanceof Inode.Device device) {
            tar.member(member(path, device.block() ? '4' : '3', inode, 0, "", number(device.number())));
        } else if (((Inode.Other) inode).fifo()) {
            tar.member(member(path, '6', inode, 0, "", null));
        }
    }

    private NewMember member(String path, char type, Inode inode, long bytes, String link, NewMember.Device device)
            throws IOException {
        Inode.Facts facts = inode.facts();
        return new NewMember(
                path, type, facts.mode() & PERMISSIONS, ids.id(facts.owner()), ids.id(facts.group()), facts.seconds(), bytes,
                link, device, attributes.list(facts.attributes()));
    }

    /** Linux' encoding: 12 bits of major between the two parts of a 20-bit minor. */
    private static NewMember.Device number(long encoded) {
        int major = (int) (encoded >> 8 & 0xfff);
        int minor = (int) (encoded & 0xff | encoded >> 12 & 0xfff00);
        return new NewMember.Device(major, minor);
    }

    private void checkExpansion(long bytes) throws IOException {
        if (bytes < 0 || bytes > limits.expandedBytes() - expanded) {
            throw new FormatException("cannot read the squashfs: it holds more than " + limits.expandedBytes() + " bytes");
        }
        expanded += bytes;
        if (expanded > limits.freeExpansionBytes() && expanded / limits.expansionRatio() > file.length()) {
            throw new FormatException("decompression bomb: a squashfs of " + file.length() + " bytes holds more than " + expanded
                    + ", at most " + limits.expansionRatio() + " times is allowed");
        }
    }

    private List<Listing.Entry> top(Inode.Folder folder) throws IOException {
        return folder.bytes() > Listing.NOT_THERE ? Listing.read(listing(folder), folder.bytes()) : List.of();
    }

    private MetadataReader listing(Inode.Folder folder) throws IOException {
        return reader(superblock.directories() + folder.block(), folder.offset());
    }

    private Inode inode(InodeAddress address) throws IOException {
        return Inode.read(reader(superblock.inodes() + address.block(), address.offset()));
    }

    private MetadataReader reader(long position, int offset) throws IOException {
        return new MetadataReader(file, superblock.codec(), position, offset);
    }
}

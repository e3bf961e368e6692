/**
 * Other image servers, each seen through Berth as a server of its own: its list, made of what Berth can deliver, and its
 * images, fetched when somebody asks for one.
 *
 * <p>Every upstream is asked at the start and then again and again whether its list changed; {@link
 * dev.berth.mirror.PublishedList} is what is made of it: documents, files and names of one moment, replaced as a whole.
 * {@link dev.berth.mirror.Standing} also knows what earlier lists named; files of those that are here are held on to for
 * the grace time. While the upstream is away the last list stays, and fetch keeps it on disk for the next start. What was
 * delisted before a start is forgotten by it.
 *
 * <p>Contract: {@link dev.berth.contract.MirrorContract}; asks fetch, intake, catalog and store. Settings: {@link
 * dev.berth.mirror.UpstreamConf}, one for each entry of the section {@code upstreams}. Metrics, each by {@code upstream}:
 * {@code berth.mirror.stale} (1 while the list may be older than it should), {@code berth.mirror.age} (seconds since the
 * upstream confirmed it), {@code berth.mirror.images}, {@code berth.mirror.fetched} (bytes of images that came).
 */
package dev.berth.mirror;

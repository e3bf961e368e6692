/**
 * Other image servers, each seen through Berth as a server of its own: its list, made of what Berth can deliver, and its
 * images, fetched when somebody asks for one.
 *
 * <p>Contract: {@link dev.berth.contract.MirrorContract}. Settings: {@link dev.berth.mirror.UpstreamConf}, one for each
 * entry of the section {@code upstreams}.
 */
package dev.berth.mirror;

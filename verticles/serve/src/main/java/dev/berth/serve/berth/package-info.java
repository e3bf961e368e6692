/**
 * What Berth answers beyond what LXD knows, under {@code /berth/v1}: for administrators, in LXD's envelope, so that
 * {@code lxc query} reads it; and one thing for everybody.
 *
 * <ul>
 *   <li>{@code GET /berth/v1/access}: the tokens that read what is private, never they themselves; {@code POST} makes one,
 *       {@code DELETE /berth/v1/access/NAME} makes it worthless.
 *   <li>{@code GET /berth/v1/expiry?dry-run}: which cached images would go, when, and by which rule; {@code POST} lets
 *       them go now.
 *   <li>{@code GET /berth/v1/refresh}: when which image was and will be compared with its source, and how it ended.
 *   <li>{@code POST /berth/v1/resolve}: have the image that a name at another server stands for.
 *   <li>{@code GET /berth/v1/key}: the OpenPGP key that signs indexes, armored, for everybody.
 *   <li>{@code GET /berth/v1/upstreams}: the servers that are mirrored, how many images they list, since when, and why a
 *       list may be older than it should.
 * </ul>
 *
 * <p>Contracts: {@link dev.berth.contract.TrustContract}, {@link dev.berth.contract.ExpireContract},
 * {@link dev.berth.contract.RefreshContract}, {@link dev.berth.contract.IntakeContract}.
 */
package dev.berth.serve.berth;

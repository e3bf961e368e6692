/**
 * Keeps images current with the server they came from.
 *
 * <p>Images that follow a source are compared with it every {@code images.auto_update_interval} hours, a little more or
 * less; projects may have an interval of their own. Cached images follow when {@code images.auto_update_cached} said so
 * when they came; whoever turns the flag of an image off is heard. Many are compared at once, few with one server, and
 * fewer fetched. A newer image is kept first; then it takes all names of the old one, and the old record goes, in one
 * commit of the catalog. The record of another project is its own affair, whatever its fingerprint. When the source has
 * trouble, or nothing under that name any more, the image stays and the outcome says why.
 *
 * <p>Contract: {@link dev.berth.contract.RefreshContract}; asks catalog, trust, fetch and intake. Settings: {@link
 * dev.berth.refresh.RefreshConf}. Table: {@code refresh_check}. Metrics: {@code berth.refresh.checks} (timer by {@code
 * outcome}: {@code current}, {@code replaced}, {@code gone}, {@code failed}), {@code berth.refresh.following}, {@code
 * berth.refresh.running}, {@code berth.refresh.waiting} (gauges). Source: rest-api 6.3 and 8 (177-181), peers b.7, b.8.
 */
package dev.berth.refresh;

/** Where fetching may go: pure decisions about URLs and addresses (reliability T4, S04 to S07). */
package dev.berth.fetch.guard;

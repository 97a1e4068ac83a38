/// What happened at one callback, for `GET /sandbox/summary`.
struct WebhookCounters: Sendable {
    var posts = 0
    var deliveredPosts = 0
    var deliveredUpdates = 0
    var retries = 0
    /// Updates for which the queue had no room.
    var refusedUpdates = 0
    /// Updates given up after the last attempt.
    var abandonedUpdates = 0
    var statuses: [UInt: Int] = [:]
    /// Connection failures and time-outs.
    var unanswered = 0
    var delays = DelayCounts()

    func json(url: String, sender: String, outstanding: Int) -> JSON {
        var byStatus = JSONObject()
        for (status, count) in statuses.sorted(by: { $0.key < $1.key }) { byStatus.append(String(status), JSON(count)) }
        return [
            "url": JSON(url), "sender": JSON(sender), "waiting": JSON(outstanding), "posts": JSON(posts),
            "delivered_posts": JSON(deliveredPosts), "delivered_updates": JSON(deliveredUpdates),
            "retries": JSON(retries), "refused_updates": JSON(refusedUpdates),
            "abandoned_updates": JSON(abandonedUpdates), "unanswered": JSON(unanswered),
            "answers": .object(byStatus), "answer_milliseconds": delays.json,
        ]
    }
}

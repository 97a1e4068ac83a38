import Domain

/// A customer as webhooks and controls show them.
extension Customer {
    private var visiblePhone: String? {
        switch identity {
        case .username: nil
        case .bsuidInFrom: bsuid
        case .phone, .phoneAndBSUID, .usernameAndPhone: phone
        }
    }

    /// An element of `value.contacts[]`. Usernames are left out of `sent` statuses.
    func contact(showsUsername: Bool = true) -> JSON {
        [
            "profile": [
                "name": JSON(name),
                "username": identity.showsUsername && showsUsername ? JSON(username) : nil,
            ],
            "wa_id": visiblePhone.map { JSON($0) },
            "user_id": identity.showsBSUID ? JSON(bsuid) : nil,
            "parent_user_id": identity.showsBSUID ? parentBSUID.map { JSON($0) } : nil,
        ]
    }

    /// `from`, `from_user_id`, `from_parent_user_id` of a message.
    func addSender(to message: inout JSONObject) {
        if let visiblePhone { message.append("from", JSON(visiblePhone)) }
        guard identity.showsBSUID else { return }
        message.append("from_user_id", JSON(bsuid))
        if let parentBSUID { message.append("from_parent_user_id", JSON(parentBSUID)) }
    }

    /// The recipient's members of a status. A phone we sent to is always named.
    func addRecipient(to status: inout JSONObject, sentToPhone: Bool, isFailure: Bool) {
        if sentToPhone || identity.showsPhone { status.append("recipient_id", JSON(phone)) }
        guard identity.showsBSUID, !(isFailure && sentToPhone) else { return }
        status.append("recipient_user_id", JSON(bsuid))
        if let parentBSUID { status.append("recipient_parent_user_id", JSON(parentBSUID)) }
    }

    var controlJSON: JSON {
        [
            "phone": JSON(phone), "name": JSON(name), "username": JSON(username), "user_id": JSON(bsuid),
            "parent_user_id": parentBSUID.map { JSON($0) }, "identity": JSON(identity.rawValue),
            "reads": behaviour.reads.map { JSON($0) } ?? .null, "on_whatsapp": JSON(behaviour.isOnWhatsApp),
            "reachable": JSON(behaviour.isReachable), "stopped_marketing": JSON(behaviour.hasStoppedMarketing),
            "last_inbound": lastInbound.map { JSON($0.milliseconds) } ?? .null,
        ]
    }
}

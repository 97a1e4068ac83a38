import Domain

/// Messages as records: of their own object, or as tasks.
struct SalesforceActivityWriter {
    let schema: SalesforceSchema
    let language: Language

    /// A record that does not exist yet.
    /// - Parameter contact: the id of the contact's record.
    func creation(of activity: Activity, contact: String) -> SalesforceWrite {
        switch schema.place {
        case .messages:
            var values = message(activity)
            values[.puenteID] = activity.puenteID
            values[.contact] = contact
            return write(values)
        case .tasks:
            var fields = task(activity)
            fields["Subject"] = text(activity).subject
            fields["WhoId"] = contact
            fields["Status"] = "Completed"
            fields["ActivityDate"] = Self.day(activity.at)
            return SalesforceWrite(type: "Task", fields: fields)
        }
    }

    /// What a record should say now. Its id tells which kind it is: tasks stay tasks when the object comes later.
    func update(_ update: ActivityUpdate) -> SalesforceWrite {
        var record =
            update.remoteID.hasPrefix(SalesforceRecordID.taskPrefix)
            ? SalesforceWrite(type: "Task", fields: task(update.activity)) : write(message(update.activity))
        record.id = update.remoteID
        return record
    }

    /// Tasks have a day, no time.
    static func day(_ time: Timestamp) -> String { String(time.iso8601.prefix(10)) }

    private func text(_ activity: Activity) -> SalesforceActivityText {
        SalesforceActivityText(activity: activity, language: language)
    }

    private func task(_ activity: Activity) -> [String: String?] { ["Description": text(activity).description] }

    private func write(_ values: [SalesforceMessageField: String]) -> SalesforceWrite {
        let named = Dictionary(uniqueKeysWithValues: values.map { ($0.key.name, $0.value) })
        return SalesforceWrite(
            type: SalesforceMessageField.object, fields: schema.message?.writable(named) ?? [:])
    }

    private func message(_ activity: Activity) -> [SalesforceMessageField: String] {
        let text = text(activity)
        var values: [SalesforceMessageField: String] = [
            .direction: activity.direction == .inbound ? "Inbound" : "Outbound",
            .status: activity.status.salesforceValue, .sentAt: activity.at.iso8601, .type: activity.kind.rawValue,
            .author: activity.authorName, .body: text.text,
        ]
        values[.statusDetail] = activity.statusDetail.map { $0[language] }
        values[.mediaURL] = text.firstMediaURL
        values[.conversationURL] = activity.conversationURL
        return values
    }
}

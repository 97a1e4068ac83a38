/// Writes records as HubSpot shows them, straight into bytes: batches of a hundred come many times a second.
struct RecordWriter {
    /// Which fields an answer shows.
    enum Selection {
        /// All that have a value: the answer to a write.
        case all
        /// These, null when empty, and the id and times always: the answer to a read.
        case asked([(name: String, number: Int)])
    }

    let type: ObjectType
    let book: PropertyBook
    let selection: Selection

    /// Unknown names are left out, as HubSpot does.
    init(type: ObjectType, book: PropertyBook, asked: [String]) {
        self.type = type
        self.book = book
        let names = asked.isEmpty ? type.defaultProperties : asked
        var seen: Set<String> = ["hs_object_id", type.created, type.modified]
        selection = .asked(
            names.compactMap { name in
                guard seen.insert(name).inserted, let number = book.number(of: name) else { return nil }
                return (name, number)
            })
    }

    init(type: ObjectType, book: PropertyBook) {
        self.type = type
        self.book = book
        selection = .all
    }

    /// - Parameters:
    ///   - id: the id asked for, shown instead of the record's own; nil for its own.
    ///   - isNew: `new` of an upsert.
    func write(_ record: CRMRecord, traceID: String? = nil, isNew: Bool? = nil, to json: inout JSONWriter) {
        let id = String(record.id)
        let (created, modified) = (ISOTime.text(record.createdAt), ISOTime.text(record.modifiedAt))
        json.raw(#"{"id":""#)
        json.raw(Array(id.utf8))
        json.raw(#"","properties":{"hs_object_id":""#)
        json.raw(Array(id.utf8))
        json.raw("\",")
        member(type.created, created, to: &json)
        json.raw(",")
        member(type.modified, modified, to: &json)
        writeValues(of: record, to: &json)
        json.raw("},")
        member("createdAt", created, to: &json)
        json.raw(",")
        member("updatedAt", modified, to: &json)
        json.raw(record.archivedAt == nil ? #","archived":false"# : #","archived":true"#)
        if let archived = record.archivedAt {
            json.raw(",")
            member("archivedAt", ISOTime.text(archived), to: &json)
        }
        if let isNew { json.raw(isNew ? #","new":true"# : #","new":false"#) }
        if let traceID {
            json.raw(",")
            member("objectWriteTraceId", traceID, to: &json)
        }
        json.raw("}")
    }

    /// The same with the associations asked for, which only single reads and lists have.
    func write(_ record: CRMRecord, associations: [ObjectType], to json: inout JSONWriter) {
        guard !associations.isEmpty else { return write(record, to: &json) }
        var inner = JSONWriter()
        write(record, to: &inner)
        json.raw(Array(inner.bytes.dropLast()))
        json.raw(#","associations":"#)
        json.write(Self.associations(of: record, type, associations))
        json.raw("}")
    }

    func json(_ record: CRMRecord) -> [UInt8] {
        var writer = JSONWriter(capacity: 512)
        write(record, to: &writer)
        return writer.bytes
    }

    private func writeValues(of record: CRMRecord, to json: inout JSONWriter) {
        switch selection {
        case .all:
            for value in record.values {
                json.raw(",")
                member(book.name(of: Int(value.property)), value.text, to: &json)
            }
        case .asked(let fields):
            for field in fields {
                json.raw(",")
                json.write(field.name)
                json.raw(":")
                if let text = record[field.number] { json.write(text) } else { json.raw("null") }
            }
        }
    }

    private func member(_ name: String, _ text: String, to json: inout JSONWriter) {
        json.write(name)
        json.raw(":")
        json.write(text)
    }

    private static func associations(of record: CRMRecord, _ from: ObjectType, _ types: [ObjectType]) -> JSON {
        var object = JSONObject()
        for type in types {
            let links = record.links.filter { $0.to == type }.prefix(100)
            guard !links.isEmpty else { continue }
            let results = links.map { link -> JSON in
                ["id": JSON(String(link.id)), "type": JSON("\(from.singular)_to_\(type.singular)")]
            }
            object.append(type.name, ["results": .array(results)])
        }
        return .object(object)
    }
}

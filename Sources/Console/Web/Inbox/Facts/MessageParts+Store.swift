import Domain
import Store

extension QuoteFacts {
    init(_ quoted: QuotedMessage) {
        self.init(
            id: quoted.id, author: quoted.isInbound == false ? quoted.author : nil, content: quoted.content)
    }

    /// The message that the composer answers.
    init(_ message: StoredMessage) {
        self.init(id: message.id, author: message.isInbound ? nil : message.author, content: message.content)
    }
}

extension RecordFacts {
    /// One mark for all CRMs that a message concerns: the one that needs a person first.
    init(_ marks: [RecordMark]) {
        for mark in marks where mark.state == .dead {
            guard let job = mark.deadLetter else { continue }
            self = .failed(connection: CRMName.shown(mark.name, kind: mark.kind), deadLetter: job)
            return
        }
        if let waiting = marks.first(where: { $0.state == .waiting || $0.state == .dead }) {
            self = .waiting(connection: CRMName.shown(waiting.name, kind: waiting.kind))
            return
        }
        let names = marks.filter { $0.state == .recorded }.map { CRMName.shown($0.name, kind: $0.kind) }
        self = names.isEmpty ? .notApplicable : .recorded(connection: names.joined(separator: ", "))
    }
}

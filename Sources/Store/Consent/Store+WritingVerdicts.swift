package import Domain

/// Whether somebody may be written to now, with what, and why not.
package struct WritingVerdicts: Sendable {
    package struct Template: Sendable {
        package let template: TemplateSummary
        /// Nil: it may be sent.
        package let refusal: SendRefusal?
        /// What speaks against it because of the person or the sender's name, whatever state the template is in.
        package let personRefusal: SendRefusal?
    }

    /// Of which templates somebody wants to know.
    package enum Templates: Sendable {
        /// Those of the number; at most 500.
        case all
        case one(TemplateID)
        /// A free-form answer is all that is meant.
        case answer
    }

    package struct Number: Sendable {
        package let id: NumberID
        /// As people read it.
        package let name: String
    }

    /// Those that one can write from.
    package let numbers: [Number]
    package let number: NumberID
    /// Against a free-form answer; ``Domain/SendRefusal/senderNotNamed``: it may be sent when it names the company.
    package let answer: SendRefusal?
    /// Against any promotion, whatever its template.
    package let promotion: SendRefusal?
    /// The person has confirmed their yes to promotions.
    package let isConfirmed: Bool
    /// By name.
    package let templates: [Template]
    package let sender: SenderName
    /// What Puente adds to a free-form answer that does not name the company; nil where it need not, or Puente does not.
    package let senderLine: String?
    package let windowEnds: Timestamp?
}

extension Store {
    /// Asks the send gate about a free-form answer and about templates of the number, with every value filled in.
    ///
    /// - Parameter number: nil for the one that the contact wrote to last, else the first.
    /// - Returns: nil when there is no number to write from.
    /// - Throws: `notFound`.
    package func writingVerdicts(
        to contact: ContactID, from number: NumberID? = nil, by templates: WritingVerdicts.Templates = .all,
        in workspace: WorkspaceID
    ) async throws -> WritingVerdicts? {
        let now = now()
        return try await database.read(on: .console) { connection in
            let contact = try connection.livingContact(contact, in: workspace)
            let numbers = try connection.numbersInUse(of: workspace)
            guard !numbers.isEmpty else { return nil }
            let place = try connection.placeToAsk(contact, from: number, isFirstEnough: true, in: workspace)
            let row = try connection.verdictRow(contact, from: place.number, in: workspace)
            let facts = try connection.sendFacts(
                row, content: .text(TextContent(body: "")), now: now, at: .accepting)
            let judged = try connection.templates(templates, of: place.number, in: workspace).map { template in
                WritingVerdicts.Template(
                    template: template, refusal: SendGate.refusal(of: template, facts),
                    personRefusal: SendGate.personRefusal(of: template, facts))
            }
            let answer = SendGate.check(
                SendRequest(author: .staff, content: .text(TextContent(body: ""))), facts: facts)
            let isCompleted = answer == .senderNotNamed && facts.rules.addsSenderLine
            return WritingVerdicts(
                numbers: numbers, number: place.number, answer: answer,
                promotion: SendGate.promotionRefusal(facts),
                isConfirmed: facts.standing.tier == .marketingWithProof, templates: judged, sender: facts.sender,
                senderLine: isCompleted ? facts.rules.senderLine(naming: facts.sender) : nil,
                windowEnds: CustomerServiceWindow.end(lastInbound: facts.lastInbound))
        }
    }
}

extension SendGate {
    fileprivate static func refusal(of template: TemplateSummary, _ facts: SendFacts) -> SendRefusal? {
        guard let content = template.sample else { return .templateUnsupported }
        return check(SendRequest(author: .staff, content: content), facts: facts.with(template))
    }

    /// Of a promotion that names the company.
    fileprivate static func promotionRefusal(_ facts: SendFacts) -> SendRefusal? {
        var facts = facts
        facts.template = TemplateFacts(
            status: "APPROVED", category: "MARKETING", header: nil, bodyVariables: [], isNamed: false, buttonSlots: [],
            bodyText: facts.sender.shown, footerText: nil)
        return personRefusal(.template(TemplateContent(name: "", language: "")), facts: facts)
    }

    fileprivate static func personRefusal(of template: TemplateSummary, _ facts: SendFacts) -> SendRefusal? {
        template.sample.flatMap { personRefusal($0, facts: facts.with(template)) }
    }
}

extension TemplateSummary {
    /// Nil for a template that another release has written.
    fileprivate var sample: MessageContent? {
        facts.map { .template($0.sample(name: name, language: language)) }
    }
}

extension SendFacts {
    fileprivate func with(_ template: TemplateSummary) -> SendFacts {
        var facts = self
        facts.template = template.facts
        return facts
    }
}

extension SQLConnection {
    /// As if something were written to the contact now: in the open conversation, else in one that would be opened.
    fileprivate func verdictRow(
        _ contact: ContactID, from number: NumberID, in workspace: WorkspaceID
    ) throws -> SQLRow {
        let row = try row(
            """
            SELECT n.workspace_id, p.id AS contact_id, c.id AS conversation_id,
                COALESCE(c.owner, 'queue') AS owner, c.owner_staff_id, c.account_id, c.last_inbound_at, c.sender_known_by,
                \(SendColumns.number)
            FROM number n
            JOIN contact p ON p.workspace_id = n.workspace_id AND p.id = :contact_id
            LEFT JOIN conversation c
                ON c.workspace_id = n.workspace_id AND c.number_id = n.id AND c.contact_id = p.id AND c.state = 'open'
            WHERE n.workspace_id = :workspace_id AND n.id = :number_id
            """, ["workspace_id": workspace, "contact_id": contact, "number_id": number])
        guard let row else { throw PuenteError.noNumber }
        return row
    }

    fileprivate func numbersInUse(of workspace: WorkspaceID) throws -> [WritingVerdicts.Number] {
        try rows(
            """
            SELECT id, display_number FROM number
            WHERE workspace_id = :workspace_id AND state <> 'disabled' ORDER BY id
            """, ["workspace_id": workspace]
        ).map { WritingVerdicts.Number(id: try $0.get("id"), name: try $0.get("display_number")) }
    }

    fileprivate func templates(
        _ wanted: WritingVerdicts.Templates, of number: NumberID, in workspace: WorkspaceID
    ) throws -> [TemplateSummary] {
        var arguments: SQLArguments = ["workspace_id": workspace, "number_id": number]
        let condition: String
        switch wanted {
        case .answer: return []
        case .all: condition = ""
        case .one(let template):
            condition = "AND t.id = :id"
            arguments.set("id", template)
        }
        return try rows(
            """
            SELECT \(TemplateSummary.columns)
            FROM number n
            JOIN template t ON t.workspace_id = n.workspace_id AND t.waba_id = n.waba_id
            WHERE n.workspace_id = :workspace_id AND n.id = :number_id AND t.status <> 'DELETED' \(condition)
            ORDER BY t.name, t.language
            LIMIT 500
            """, arguments
        ).map(TemplateSummary.init)
    }
}

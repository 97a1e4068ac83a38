import Console
import Domain

/// A busy list, one row of each look.
enum InboxSamples {
    static let lucia = PersonFacts(
        id: id(101), name: "Lucía Fernández", username: "lucia.fdz", phone: "+52 55 1234 5678")

    static var conversations: [ConversationFacts] {
        [
            row(
                1, lucia, "¿Me lo pueden enviar hoy? Es un regalo 🎁", ago(.seconds(40)), unread: 2,
                owner: .person(id: id(9001), name: "Ana Rivas", isReader: true), waiting: ago(.seconds(40))),
            row(
                2, person(102, "Carlos Mendoza", "+52 33 9876 5432"), "Necesito hablar con alguien, por favor",
                ago(.minutes(3)), unread: 4, owner: .queue, waiting: ago(.minutes(3))),
            row(
                3, person(103, "Mariana Souza", "+55 11 91234-5678"), "Perfeito, obrigada!", ago(.minutes(18)),
                owner: .automation, ends: SampleWorld.now + .hours(23)),
            media(4, person(104, "陳怡君", "+886 912 345 678"), ago(.minutes(51))),
            row(
                5, person(105, "Diego Torres", "+52 81 2222 3333"), "Su pedido 4821 sale mañana por la mañana",
                ago(.hours(3)), isInbound: false, status: .read,
                owner: .person(id: id(9002), name: "Bruno Díaz", isReader: false), ends: SampleWorld.now + .minutes(96)),
            row(
                6, PersonFacts(id: id(106), username: "sofi.ramirez"), "Gracias por su compra", ago(.hours(5)),
                isInbound: false, status: .failed, owner: .queue, dead: true),
            row(
                7, person(107, "Hotel Miramar", "+34 612 34 56 78"), "Quedamos así entonces. Un saludo.",
                ago(.hours(26)), owner: .automation, ends: ago(.hours(2))),
            row(
                8, PersonFacts(id: id(108)), "👍", ago(.days(2)), owner: .automation, ends: ago(.days(1))),
            row(
                9, person(109, "Jorge Luis Hernández Castillo de la Torre", "+52 55 0000 1111"),
                "Buenas tardes, quisiera saber si tienen disponible el modelo que vi en su página la semana pasada",
                ago(.days(9)), owner: .person(id: id(9001), name: "Ana Rivas", isReader: true), ends: ago(.days(8))),
        ]
    }

    static func list(_ world: SampleWorld, open: ConversationID? = nil, query: String = "") -> ConversationList {
        ConversationList(
            filter: InboxFilter(query: query), counts: [.all: 1284, .mine: 6, .unassigned: 11, .closed: 9310],
            conversations: conversations, open: open, older: "01JD", isDemo: true, in: world.context)
    }

    static func person(_ number: Int64, _ name: String, _ phone: String) -> PersonFacts {
        PersonFacts(id: id(number), name: name, phone: phone)
    }

    private static func row(
        _ number: Int64, _ person: PersonFacts, _ text: String, _ at: Timestamp, unread: Int = 0,
        isInbound: Bool = true, status: MessageStatus = .received, owner: OwnerFacts,
        ends: Timestamp? = SampleWorld.now + .hours(23), waiting: Timestamp? = nil, dead: Bool = false
    ) -> ConversationFacts {
        ConversationFacts(
            id: id(number), person: person,
            last: LastMessageFacts(
                content: .text(TextContent(body: text)), isInbound: isInbound, status: status, at: at),
            unread: unread, owner: owner, windowEnds: ends, waitingSince: waiting, hasDeadLetter: dead,
            number: nil, isClosed: false)
    }

    private static func media(_ number: Int64, _ person: PersonFacts, _ at: Timestamp) -> ConversationFacts {
        var row = row(number, person, "", at, unread: 1, owner: .automation)
        row.last = LastMessageFacts(
            content: .media(MediaContent(kind: .audio, mimeType: "audio/ogg; codecs=opus", isVoice: true)),
            isInbound: true, status: .received, at: at)
        return row
    }
}

import Foundation
import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(1))) struct CustomersTests {
    @Test(arguments: CustomerLanguage.allCases)
    func `each language has a dozen scenarios with words and pictures`(language: CustomerLanguage) {
        let scenarios = language.scenarios
        let steps = scenarios.flatMap(\.steps)

        #expect(scenarios.count >= 12)
        #expect(Set(scenarios.map(\.name)).count == scenarios.count)
        #expect(scenarios.allSatisfy { $0.steps.count >= 4 && $0.steps.contains(.awaitAnswer) })
        #expect(steps.contains(.voice))
        #expect(steps.contains { if case .image = $0 { true } else { false } })
        #expect(steps.contains { if case .location = $0 { true } else { false } })
        #expect(steps.contains { if case .document = $0 { true } else { false } })
        #expect(!steps.contains { if case .say(let text) = $0 { text.hasPrefix("@") } else { false } })
    }

    @Test func `customers have numbers of their own`() {
        let people = (0..<2000).map { SimulatedCustomer(index: $0, seed: 1) }

        #expect(Set(people.map(\.phone)).count == people.count)
        #expect(people.allSatisfy { (10...15).contains($0.phone.count) && $0.phone.allSatisfy(\.isASCIIDigit) })
        #expect(SimulatedCustomer(index: 5, seed: 1).phone == SimulatedCustomer(index: 5, seed: 1).phone)
    }

    @Test func `a scenario is read line by line`() throws {
        let scenario = try #require(
            Scenario.read(
                """
                # prueba
                Hola
                >
                @image Foto
                @voice
                @document a.pdf | Aquí
                @location 1.5,-2 | Casa | Calle 1
                @contact Ana López | +34600
                @sticker
                @react 👍
                @unknown
                """
            ).first)

        #expect(
            scenario.steps == [
                .say("Hola"), .awaitAnswer, .image(caption: "Foto"), .voice,
                .document(filename: "a.pdf", caption: "Aquí"),
                .location(latitude: 1.5, longitude: -2, name: "Casa", address: "Calle 1"),
                .contact(name: "Ana López", phone: "+34600"), .sticker, .react("👍"), .say("@unknown"),
            ])
    }

    @Test func `customers write by themselves and go on when they are answered`() async throws {
        try await TestSandbox.runWithReceiver({
            $0.customers = 4
            $0.customerPace = .milliseconds(30)
        }) { api, receiver, _ in
            let first = try await receiver.changes(count: 3)
            let senders = Set(first.compactMap { $0.at("value/messages/0/from_user_id")?.text })
            #expect(senders.count >= 2)

            for sender in senders {
                #expect(try await api.send(["recipient": JSON(sender), "text": ["body": "¡Hola!"]]).status == 200)
            }

            #expect(try await receiver.changes(count: 40).count >= 40)
        }
    }

    @Test func `a customer presses one of the buttons`() async throws {
        try await TestSandbox.runWithReceiver({
            $0.customers = 1
            $0.customerPace = .milliseconds(40)
        }) { api, receiver, _ in
            let hello = try #require(try await receiver.changes(count: 1).first?.at("value/messages/0"))
            let sent = try await api.send([
                "recipient": hello["from_user_id"] ?? .null, "type": "interactive",
                "interactive": [
                    "type": "button", "body": ["text": "¿Seguimos?"],
                    "action": [
                        "buttons": [
                            ["type": "reply", "reply": ["id": "yes", "title": "Sí"]],
                            ["type": "reply", "reply": ["id": "no", "title": "No"]],
                        ]
                    ],
                ],
            ])
            let id = try #require(try sent.json.at("messages/0/id")?.text)

            let posts = await receiver.posts { posts in
                posts.contains { $0.text.contains("button_reply") }
            }

            let pressed = try #require(
                try posts.flatMap { try $0.changes }.compactMap { $0.at("value/messages/0") }
                    .first { $0["type"]?.text == "interactive" })
            #expect(["yes", "no"].contains(pressed.at("interactive/button_reply/id")?.text))
            #expect(pressed.at("context/id")?.text == id)
            #expect(pressed.at("context/from")?.text == "15550783881")
        }
    }
}

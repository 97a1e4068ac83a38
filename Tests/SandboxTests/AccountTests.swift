import Foundation
import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(1))) struct AccountTests {
    @Test func `numbers, account, apps and token are told`() async throws {
        try await TestSandbox.run { api in
            let numbers = try await api.get(TestAPI.waba + "/phone_numbers").json
            let number = try await api.get(TestAPI.number + "?fields=display_phone_number,status,throughput").json
            let account = try await api.get(TestAPI.waba).json
            let apps = try await api.get(TestAPI.waba + "/subscribed_apps").json
            let token = try await api.get("/v25.0/debug_token?input_token=sandbox-token").json

            #expect(numbers.at("data/0/id")?.text == "106540352242922")
            #expect(number.members?.keys == ["display_phone_number", "status", "throughput", "id"])
            #expect(number["display_phone_number"]?.text == "+15550783881")
            #expect(account["id"]?.text == "102290129340398")
            #expect(apps.at("data/0/whatsapp_business_api_data/id") != nil)
            #expect(token.at("data/is_valid")?.flag == true)
            #expect(token.at("data/scopes")?.items?.contains("whatsapp_business_messaging") == true)
        }
    }

    @Test func `a wrong token is told apart`() async throws {
        try await TestSandbox.run { api in
            let reply = try await api.get("/v25.0/debug_token?input_token=other").json

            #expect(reply.at("data/is_valid")?.flag == false)
        }
    }

    @Test func `a number is registered with its PIN`() async throws {
        try await TestSandbox.run { api in
            let path = TestAPI.number
            let short = try await api.post(path + "/register", ["messaging_product": "whatsapp", "pin": "123"])
            let first = try await api.post(path + "/register", ["messaging_product": "whatsapp", "pin": "123456"])
            let wrong = try await api.post(path + "/register", ["messaging_product": "whatsapp", "pin": "654321"])
            _ = try await api.post(path + "/deregister")
            try await api.customer()
            let unregistered = try await api.sendText("Hola")

            #expect(short.status == 400)
            #expect(first.status == 200)
            #expect(try wrong.json.at("error/code")?.wholeNumber == 133_005)
            #expect(try unregistered.json.at("error/code")?.wholeNumber == 133_010)
        }
    }

    @Test func `the profile is changed and read again`() async throws {
        try await TestSandbox.run { api in
            let path = TestAPI.number + "/whatsapp_business_profile"
            let changed = try await api.post(path, ["messaging_product": "whatsapp", "about": "Abierto 24 h"])
            let tooLong = try await api.post(path, ["about": JSON(String(repeating: "x", count: 140))])

            let profile = try await api.get(path + "?fields=about,email").json

            #expect(changed.status == 200)
            #expect(tooLong.status == 400)
            #expect(profile.at("data/0/about")?.text == "Abierto 24 h")
        }
    }

    @Test func `several numbers have windows and statuses of their own`() async throws {
        try await TestSandbox.runWithReceiver({
            $0.numbers.append(SandboxNumber(id: "200000000000001", display: "+34911222333", verifiedName: "Madrid"))
        }) { api, receiver, _ in
            try await api.customer(writes: ["text": "Hola", "phone_number_id": "200000000000001"])

            let reply = try await api.post(
                "/v25.0/200000000000001/messages",
                ["messaging_product": "whatsapp", "to": "+34600111222", "text": ["body": "Hola"]])

            #expect(reply.status == 200)
            let changes = try await receiver.changes(count: 4)
            #expect(changes.allSatisfy { $0.at("value/metadata/phone_number_id")?.text == "200000000000001" })
            #expect(changes.allSatisfy { $0.at("value/metadata/display_phone_number")?.text == "34911222333" })
        }
    }
}

import Domain
import Store
import Testing

@testable import Pipeline

@Suite(.timeLimit(.minutes(2))) struct SendCourierTests {
    private static let text = MessageContent.text(TextContent(body: "Buenas"))
    private static let busyUploads =
        #"{"target":"whatsapp","kind":"status","status":503,"body":"busy","path":"media","count":1}"#

    @Test func `a file that Meta does not take is tried again, and what the customer is sent next waits for it`()
        async throws
    {
        try await SendRig.with { rig in
            try await rig.breakDown(Self.busyUploads)
            try await rig.answer(rig.attach())
            try await rig.answer(Self.text)
            try await rig.working {
                try await rig.until { try await rig.count("message WHERE wamid IS NOT NULL AND is_inbound = 0") == 2 }
            }
            #expect(
                try await rig.count("job WHERE kind = 'whatsapp.send' AND state = 'completed' AND attempt = 2") == 1)
        }
    }

    @Test func `the failure of an upload is written when the database can be written again`() async throws {
        try await SendRig.with { rig in
            try await rig.breakDown(Self.busyUploads)
            try await rig.answer(rig.attach())
            // Until it is taken away, no message can be put back.
            try await rig.world.store.database.write { connection in
                try connection.execute(
                    """
                    CREATE TRIGGER refuse BEFORE UPDATE OF failure ON message
                    WHEN NEW.failure IS NOT NULL BEGIN SELECT RAISE(ABORT, 'not now'); END
                    """)
            }
            try await rig.working {
                try await rig.until {
                    try await rig.count("job WHERE kind = 'whatsapp.send' AND state = 'running'") == 1
                }
                try await Task.sleep(for: .milliseconds(200))
                try await rig.world.store.database.write { try $0.execute("DROP TRIGGER refuse") }
                try await rig.until { try await rig.count("message WHERE wamid IS NOT NULL AND is_inbound = 0") == 1 }
            }
        }
    }

    @Test func `a message that was marked without anybody's knowledge leaves once, and is in no doubt`() async throws {
        try await SendRig.with { rig in
            try await rig.answer(Self.text)
            rig.world.database.spoil(.answerLost, onceThereIs: "job WHERE state = 'sending'")
            try await rig.working {
                try await rig.until {
                    try await rig.count("job WHERE kind = 'whatsapp.send' AND state IN ('completed', 'uncertain')") == 1
                }
            }
            #expect(!rig.world.database.isSpoiling)
            #expect(
                try await rig.count("job WHERE kind = 'whatsapp.send' AND state = 'completed' AND attempt = 1") == 1)
        }
    }

    @Test(arguments: [false, true])
    func `without a token the number is paused with an alarm, and nothing spins`(hasFile: Bool) async throws {
        try await SendRig.with { rig in
            try await rig.answer(hasFile ? rig.attach() : Self.text)
            try await rig.working(hasToken: false) {
                try await rig.until { try await rig.count("alarm WHERE cleared_at IS NULL") == 1 }
            }
            #expect(
                try await rig.count("job WHERE kind = 'whatsapp.send' AND state = 'available' AND attempt = 0") == 1)
            try await rig.working {
                try await rig.until { try await rig.count("message WHERE wamid IS NOT NULL AND is_inbound = 0") == 1 }
                try await rig.until { try await rig.count("pause") == 0 }
            }
        }
    }
}

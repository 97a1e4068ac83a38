import Domain
import Foundation
import Store
import Testing

@testable import Pipeline

@Suite(.timeLimit(.minutes(2))) struct MediaCourierTests {
    private static let hanging = """
        {"target":"whatsapp","kind":"delay","milliseconds":600000,"path":"attachments","count":4}
        """
    private static let deadToken = #"{"target":"whatsapp","kind":"token_death"}"#

    @Test func `files that take long hold up no other`() async throws {
        try await MediaRig.with { rig in
            try await rig.receivePictures(6)
            try await rig.breakDown(Self.hanging)

            try await rig.working {
                try await rig.until { try await rig.count("media WHERE state = 'stored'") == 2 }
                #expect(try await rig.count("job WHERE kind = 'media.fetch' AND state = 'running'") == 4)
            }
        }
    }

    @Test func `a lane that is given up breaks its files off at once, and nobody's attempt is spent`() async throws {
        try await MediaRig.with { rig in
            try await rig.receivePictures(1)
            try await rig.breakDown(Self.hanging)

            try await rig.working { try await rig.until { try await rig.hits() == 1 } }

            #expect(
                try await rig.count(
                    "job WHERE kind = 'media.fetch' AND state = 'available' AND attempt = 0 AND failure IS NULL") == 1)
            #expect(try rig.files() == [])
            try await rig.breakDown()
            try await rig.working { try await rig.until { try await rig.count("media WHERE state = 'stored'") == 1 } }
        }
    }

    @Test func `a dead token pauses the lane with an alarm, and the first file that comes ends both`() async throws {
        try await MediaRig.with { rig in
            try await rig.receivePictures(3)
            try await rig.breakDown(Self.deadToken)

            try await rig.working {
                try await rig.until { try await rig.count("alarm WHERE kind = 'paused' AND cleared_at IS NULL") == 1 }
                try await Task.sleep(for: .seconds(2))  // what hammers would show by now
                #expect(try await rig.hits() <= 4)
                #expect(
                    try await rig.count("job WHERE kind = 'media.fetch' AND state = 'available' AND attempt = 0") == 3)
            }

            try await rig.breakDown()
            try await rig.working { try await rig.until { try await rig.count("media WHERE state = 'stored'") == 3 } }
            #expect(try await rig.count("pause") == 0)
            #expect(try await rig.count("alarm WHERE cleared_at IS NULL") == 0)
        }
    }

    @Test func `what stops messages alone does not stop files`() async throws {
        try await MediaRig.with { rig in
            try await rig.receivePictures(1)
            try await rig.world.store.pause(
                .waba, key: PipelineWorld.wabaID, in: rig.world.workspace, failure: .noPayment, until: nil)

            try await rig.working { try await rig.until { try await rig.count("media WHERE state = 'stored'") == 1 } }

            #expect(try await rig.count("pause") == 1)
        }
    }

    @Test func `a file that is not what was announced is fetched again, and nothing of it is kept`() async throws {
        try await MediaRig.with { rig in
            try await rig.receivePictures(1)
            try await rig.breakDown(
                #"{"target":"whatsapp","kind":"status","status":200,"body":"no picture","path":"attachments","count":1}"#
            )

            try await rig.working(policy: RetryPolicy(waits: [.milliseconds(50)])) {
                try await rig.until { try await rig.count("media WHERE state = 'stored'") == 1 }
            }

            #expect(try await rig.count("job WHERE kind = 'media.fetch' AND attempt = 2") == 1)
            #expect(try rig.files().count == 1)
        }
    }
}

@Suite(.timeLimit(.minutes(2))) struct MediaUploadTests {
    @Test func `the picture above an interactive message is uploaded, too`() async throws {
        try await MediaRig.with { rig in
            let message = try await rig.answerWithPicture { picture in
                .interactive(
                    InteractiveContent(
                        header: .media(picture), body: "¿Este?", action: .buttons([.init(id: "yes", title: "Sí")])))
            }

            try await rig.sending {
                try await rig.until {
                    try await rig.count("message WHERE wamid IS NOT NULL AND id = \(message.rawValue)") == 1
                }
            }
            #expect(try await rig.count("media WHERE meta_id IS NOT NULL") == 1)
        }
    }

    @Test func `an upload is broken off when the lane is given up, and its message goes later`() async throws {
        try await MediaRig.with { rig in
            let message = try await rig.answerWithPicture()
            try await rig.breakDown(
                #"{"target":"whatsapp","kind":"delay","milliseconds":600000,"path":"/media","count":1}"#)

            try await rig.sending { try await rig.until { try await rig.hits() == 1 } }

            #expect(
                try await rig.count("job WHERE kind = 'whatsapp.send' AND state = 'available' AND attempt = 0") == 1)
            try await rig.sending {
                try await rig.until {
                    try await rig.count("message WHERE wamid IS NOT NULL AND id = \(message.rawValue)") == 1
                }
            }
        }
    }
}

extension CallFailure {
    fileprivate static let noPayment = CallFailure(
        kind: .accountWide, code: "131042", scope: .waba, vendorText: "",
        advice: LocalizedText(en: "Pay.", es: "Pague."))
}

import Foundation
import Testing

/// Everything that leaves for a customer passes one function. The compiler sees to most of it (the permit's initialiser
/// is the gate's own, and the client's send takes a permit); here the sources are looked through for what it cannot see:
/// another way to Meta's messages, another maker of permits, another reader of jobs to send.
@Suite struct OneDoorTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The program's own sources, without comments. The sandbox is the other side.
    private static let sources: [String: String] = {
        var sources: [String: String] = [:]
        let folder = root.appending(path: "Sources").path()
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []  // none fail the first test
        for path in paths where path.hasSuffix(".swift") && !path.hasPrefix("Sandbox/") {
            guard let text = try? String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8) else { continue }
            sources[path] = text.split(separator: "\n", omittingEmptySubsequences: false)
                .filter { !$0.drop(while: \.isWhitespace).hasPrefix("//") }.joined(separator: "\n")
        }
        return sources
    }()

    private static func files(saying pattern: some RegexComponent) -> [String] {
        sources.filter { $0.value.firstMatch(of: pattern) != nil }.keys.sorted()
    }

    @Test func `only the gate makes permits, and only when it has checked`() throws {
        #expect(Self.sources.count > 300)
        #expect(Self.files(saying: #/SendPermit\(/#) == ["Domain/Sending/SendGate.swift"])
        let gate = try #require(Self.sources["Domain/Sending/SendGate.swift"])
        #expect(gate.matches(of: #/SendPermit\(/#).count == 1)
        let permit = try #require(gate.firstRange(of: "package static func permit("))
        let body = gate[permit.lowerBound...]
        let check = try #require(body.firstRange(of: "if let refusal = check(request, facts: facts)"))
        let made = try #require(body.firstRange(of: "SendPermit("))
        #expect(check.upperBound < made.lowerBound)
        #expect(gate.contains("fileprivate init(message: MessageID"))
    }

    @Test func `the client's send takes a permit and looks at it before the call`() throws {
        let client = try #require(Self.sources["WhatsApp/Client/GraphClient+Sending.swift"])
        let send = try #require(client.firstRange(of: "package func send("))
        let body = client[send.lowerBound...]
        let covers = try #require(body.firstRange(of: "guard permit.covers(message) else"))
        let call = try #require(body.firstRange(of: "try await call("))
        #expect(body[..<call.lowerBound].contains("permit: SendPermit"))
        #expect(covers.upperBound < call.lowerBound)
        #expect(!body.contains("permit: SendPermit?"))
    }

    @Test func `no other call goes to Meta's messages, but for read marks`() throws {
        let client = "WhatsApp/Client/GraphClient+Sending.swift"
        #expect(Self.files(saying: #/GraphPath\([^)]*"messages"/#) == [client])
        let source = try #require(Self.sources[client])
        #expect(source.matches(of: #/GraphPath\([^)]*"messages"/#).count == 2)
        let marks = try #require(source.firstRange(of: "package func markRead("))
        #expect(source[marks.lowerBound...].contains(#""status": "read""#))
        // Nor does anybody build the body of a message elsewhere, but for what the load generator's customers write.
        let bodies = Self.files(saying: #/messaging_product/#)
        #expect(bodies.allSatisfy { $0.hasPrefix("WhatsApp/Client/") || $0.hasPrefix("Proving/Traffic/") }, "\(bodies)")
    }

    @Test func `only what the gate has marked is handed to the client`() {
        #expect(Self.files(saying: #/courier\.client\.send\(/#) == ["Pipeline/Sending/SendCall.swift"])
        #expect(Self.files(saying: #/kinds: \[\.send\]/#) == ["Store/Outbox/Store+Sending.swift"])
        #expect(Self.files(saying: #/state: \.permitted\(/#) == ["Store/Outbox/SendMarker.swift"])
        #expect(Self.files(saying: #/SendGate\.permit\(/#) == ["Store/Outbox/SendMarker.swift"])
    }

    @Test func `what is marked as sending has been asked about in the same transaction`() throws {
        #expect(Self.files(saying: #/markSending\((leaving|\[job)/#) == ["Store/Outbox/SendMarker.swift"])
        let marker = try #require(Self.sources["Store/Outbox/SendMarker.swift"])
        // Only what has its permit is put among those that are marked.
        #expect(marker.matches(of: #/leaving\.append\(/#).count == 1)
        let asked = try #require(marker.firstRange(of: "SendGate.permit("))
        let granted = try #require(marker[asked.upperBound...].firstRange(of: "case .success(let permit):"))
        let listed = try #require(marker.firstRange(of: "leaving.append("))
        let handed = try #require(marker.firstRange(of: "state: .permitted("))
        #expect(granted.upperBound < listed.lowerBound && listed.upperBound < handed.lowerBound)
        // And nothing is handed on before that is written.
        let sending = try #require(Self.sources["Store/Outbox/Store+Sending.swift"])
        #expect(sending.matches(of: #/SendMarker\(/#).count == sending.matches(of: #/try marker\.commit\(\)/#).count)
    }

    /// (When a merge is undone, entries go back to whose they are; what they come to follows.)
    @Test func `consent is written by the ledger alone`() {
        let standings = Self.files(saying: #/(INSERT INTO|UPDATE|DELETE FROM) consent\b/#)
        #expect(standings.allSatisfy { $0.hasPrefix("Store/Consent/") }, "\(standings)")
        let entries = Self.files(saying: #/INSERT INTO consent_entry\b/#)
        #expect(entries == ["Store/Consent/SQLConnection+Consent.swift"])
    }
}

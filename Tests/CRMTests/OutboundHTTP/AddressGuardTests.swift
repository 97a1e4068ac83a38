import Domain
import Synchronization
import Testing

@testable import OutboundHTTP

@Suite struct AddressGuardTests {
    private func refusal(
        _ url: String, _ addresses: [String], privateHosts: Set<String> = []
    ) async -> TransportFailure? {
        let resolved = addresses.compactMap(IPAddress.init)
        let addressGuard = AddressGuard(privateHosts: privateHosts) { _ in resolved }
        do throws(TransportFailure) {
            _ = try await addressGuard.check(url)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [
        "127.0.0.1", "127.8.9.1", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1",
        "169.254.169.254",
        "0.0.0.0", "0.1.2.3", "224.0.0.1", "255.255.255.255", "192.0.2.5", "198.18.0.1", "203.0.113.9", "::1", "::",
        "fe80::1", "fc00::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1",
        "2001:db8::1",
        "2002:7f00:1::", "2001::1", "::7f00:1", "fec0::1", "100::1",
    ])
    func `a name that leads anywhere but to the public internet is refused`(address: String) async throws {
        _ = try #require(IPAddress(address))
        #expect(await refusal("https://crm.example.com/hook", [address])?.name == "addressRefused")
    }

    @Test(arguments: ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
    func `a public address is allowed over https only`(address: String) async {
        #expect(await refusal("https://crm.example.com/hook", [address]) == nil)
        #expect(await refusal("http://crm.example.com/hook", [address])?.name == "addressRefused")
    }

    @Test func `what is called may be longer than what people name`() async {
        let ids = (0..<200).map { "\(5_725_767_000_000_000_000 + $0)" }.joined(separator: ",")
        #expect(await refusal("https://www.zohoapis.com/crm/v8/Contacts?ids=\(ids)", ["8.8.8.8"]) == nil)
        #expect(WebAddress("https://www.zohoapis.com/crm/v8/Contacts?ids=\(ids)") == nil)
        let endless = String(repeating: "9", count: 20_000)
        #expect(await refusal("https://www.zohoapis.com/\(endless)", ["8.8.8.8"])?.name == "addressRefused")
    }

    @Test func `one private address among public ones is enough to refuse`() async {
        #expect(await refusal("https://crm.example.com", ["8.8.8.8", "10.0.0.1"])?.name == "addressRefused")
    }

    @Test(arguments: ["127.0.0.1", "192.168.1.5", "fd12::1", "100.64.0.1"])
    func `a host that is named leads into the company's own networks, also over http, and no other does`(
        address: String
    ) async {
        #expect(await refusal("http://crm.local/hook", [address], privateHosts: ["crm.local"]) == nil)
        #expect(
            await refusal("http://other.local/hook", [address], privateHosts: ["crm.local"])
                == .addressRefused(.privateNetwork))
    }

    @Test(arguments: AddressRefusal.allCases)
    func `what is refused is said in one language`(refusal: AddressRefusal) {
        let failure = TransportFailure.addressRefused(refusal)
            .callFailure(isRepeatable: true, scope: .connection, destination: "HubSpot")
        #expect(failure.cause.en == refusal.text)
        #expect(failure.cause.es != failure.cause.en)
    }

    @Test func `plain http to a name that leads nowhere yet is refused unless it was named`() async {
        func failure(_ url: String) async -> TransportFailure? {
            let addressGuard = AddressGuard(privateHosts: ["crm.local"]) { _ throws(TransportFailure) in
                throw TransportFailure.unreachable("no such name")
            }
            do throws(TransportFailure) {
                _ = try await addressGuard.check(url)
                return nil
            } catch {
                return error
            }
        }
        #expect(await failure("http://mi-pc.local/h") == .addressRefused(.plainHTTP))
        #expect(await failure("https://mi-pc.local/h") == .unreachable("no such name"))
        #expect(await failure("http://crm.local/h") == .unreachable("no such name"))
    }

    @Test(arguments: ["169.254.169.254", "224.0.0.1", "0.0.0.0", "fe80::1", "::ffff:169.254.169.254"])
    func `no setting opens link-local, multicast and unspecified addresses`(address: String) async {
        #expect(await refusal("https://crm.local", [address], privateHosts: ["crm.local"])?.name == "addressRefused")
    }

    @Test(arguments: [
        "file:///etc/passwd", "gopher://x/", "https://", "https://user@example.com", "https://exa mple.com",
        "https://example.com:0", "https://example.com:99999", "https://127.1", "https://0x7f000001",
        "https://2130706433",
        "https://[::1", "https://[fe80::1%25eth0]", "https://exämple.com", "https://example..com", "https://a\\b",
        "example.com",
        "https://-a.com",
    ])
    func `what is not plainly a web address is refused`(url: String) async {
        #expect(WebAddress(url) == nil)
        #expect(await refusal(url, ["8.8.8.8"])?.name == "addressRefused")
    }

    @Test(
        "an address has one spelling",
        arguments: [
            ("HTTPS://CRM.Example.COM:443/Hook?x=1#f", "https://crm.example.com/Hook?x=1"),
            ("http://example.com:8080", "http://example.com:8080"),
            ("https://[2606:4700::1111]/", "https://[2606:4700::1111]/"),
            ("https://xn--exmple-cua.com/", "https://xn--exmple-cua.com/"), ("http://1.2.3.4?q", "http://1.2.3.4?q"),
        ])
    func spelling(given: String, expected: String) {
        #expect(WebAddress(given)?.url == expected)
    }

    @Test func `the connection goes to the checked address and the name stays in the request`() async throws {
        let lookups = Mutex(0)
        let addressGuard = AddressGuard(privateHosts: ["no-such-name.invalid"]) { _ in
            // The second answer would lead elsewhere: what was checked is what is connected to.
            let count = lookups.withLock {
                $0 += 1; return $0
            }
            return [IPAddress(count == 1 ? "127.0.0.1" : "127.0.0.99")].compactMap { $0 }
        }
        let server = try await ScriptedServer { _, request in .answer(status: 200, body: request.headers["host"] ?? "")
        }
        try await withClient(addressGuard) { client in
            for _ in 0..<3 {
                let response = try await client.send(
                    OutboundRequest(
                        method: "GET", url: "http://no-such-name.invalid:\(server.port)/x", deadline: .seconds(20)))
                #expect(String(decoding: response.body, as: UTF8.self) == "no-such-name.invalid:\(server.port)")
            }
        }
        #expect(lookups.withLock { $0 } == 1)
        #expect(server.connections == 1)
        try await server.close()
    }

    @Test func `after a failed connection the name is looked up again`() async throws {
        let server = try await ScriptedServer { _, _ in .answer(status: 200) }
        let lookups = Mutex(0)
        let addressGuard = AddressGuard(privateHosts: ["moved.invalid"]) { _ in
            let count = lookups.withLock {
                $0 += 1; return $0
            }
            return [IPAddress(count == 1 ? "127.0.0.99" : "127.0.0.1")].compactMap { $0 }
        }
        try await withClient(addressGuard) { client in
            let request = OutboundRequest(
                method: "POST", url: "http://moved.invalid:\(server.port)", body: [1], deadline: .seconds(20))
            #expect(await client.failure(request)?.name == "unreachable")
            #expect(await client.failure(request) == nil)
        }
        try await server.close()
    }

    @Test func `of several addresses the next try takes another than the one that failed`() async throws {
        let server = try await ScriptedServer { _, _ in .answer(status: 200) }
        let addressGuard = AddressGuard(privateHosts: ["two.invalid"]) { _ in
            ["127.0.0.99", "127.0.0.1"].compactMap { IPAddress($0) }
        }
        try await withClient(addressGuard) { client in
            let request = OutboundRequest(
                method: "POST", url: "http://two.invalid:\(server.port)", body: [1], deadline: .seconds(20))
            #expect(await client.failure(request)?.name == "unreachable")
            #expect(await client.failure(request) == nil)
        }
        try await server.close()
    }

    @Test func `every refusal tells a person what to do`() {
        for refusal in AddressRefusal.allCases {
            let failure = TransportFailure.addressRefused(refusal)
                .callFailure(isRepeatable: true, scope: .connection, destination: "HubSpot")
            #expect(failure.advice.en.contains("HubSpot") && failure.advice.en.contains("puente.yaml"))
            #expect(failure.advice.es.contains("HubSpot") && failure.advice.es.contains("puente.yaml"))
        }
    }

    @Test func `a refused address is never connected to`() async throws {
        try await withServer { _, _ in
            .answer(status: 200)
        } _: { server, _ in
            try await withClient(AddressGuard(privateHosts: [])) { guarded in
                let request = OutboundRequest(method: "GET", url: server.url, deadline: .seconds(20))
                #expect(await guarded.failure(request)?.name == "addressRefused")
            }
            #expect(server.connections == 0)
        }
    }

    @Test func `the system resolves localhost to loopback`() async throws {
        let addresses = try await HostResolver.addresses(of: "localhost")
        #expect(addresses.allSatisfy { $0.kind == .loopback })
    }
}

@Suite struct ReachabilityProbeTests {
    @Test func `a probe connects and sends not one byte`() async throws {
        try await withServer { _, _ in
            .answer(status: 200)
        } _: { server, _ in
            #expect(await ReachabilityProbe.failure(connectingTo: server.url, timeout: .seconds(10)) == nil)
            await server.waitForConnection()
            #expect(server.bytes == 0)
        }
    }

    @Test func `a port without a listener is unreachable`() async throws {
        let url = "http://127.0.0.1:\(try await closedPort())"
        #expect(await ReachabilityProbe.failure(connectingTo: url, timeout: .seconds(10))?.name == "unreachable")
    }

    @Test func `a listener without TLS is unreachable by https`() async throws {
        try await withServer { _, _ in
            .bytesThenClose("no")
        } _: { server, _ in
            let url = "https://127.0.0.1:\(server.port)"
            #expect(await ReachabilityProbe.failure(connectingTo: url, timeout: .seconds(1))?.name == "unreachable")
        }
    }

    @Test func `the guard stands before the probe as well`() async throws {
        try await withServer { _, _ in
            .answer(status: 200)
        } _: { server, _ in
            let addressGuard = AddressGuard(privateHosts: [])
            let failure = await ReachabilityProbe.failure(connectingTo: server.url, addressGuard: addressGuard)
            #expect(failure?.name == "addressRefused")
            #expect(server.connections == 0)
        }
    }
}

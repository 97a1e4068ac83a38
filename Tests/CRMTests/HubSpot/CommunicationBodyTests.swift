import Domain
import Testing

@testable import CRM

@Suite struct CommunicationBodyTests {
    private func html(_ activity: Activity, _ language: Language = .english) -> String {
        CommunicationBody(activity: activity, language: language).html
    }

    @Test func `an inbound message says who and what, and carries the marker`() {
        #expect(html(activity(1)) == "← Ana: Hello, is my order on its way?<br><br>Puente \(puenteID(1))")
    }

    @Test func `an outbound message says how far it came, in the company's language`() {
        var message = activity(2, direction: .outbound, text: "Yes", status: .delivered)
        message.conversationURL = "https://puente.example.com/inbox/1?a=1&b=2"
        #expect(
            html(message, .spanish)
                == "→ Luis: Yes<br><br>entregado · <a href=\"https://puente.example.com/inbox/1?a=1&amp;b=2\">"
                + "Abrir conversación</a> · Puente \(puenteID(2))")
        message.status = .failed
        message.statusDetail = LocalizedText(en: "number <unknown>", es: "número desconocido")
        #expect(html(message).contains("failed: number &lt;unknown&gt; · "))
    }

    @Test func `what people write is text, never HTML`() {
        let text = "<script>alert('x')</script> & \"quoted\"\nsecond line\u{0}\u{7}"
        #expect(
            html(activity(3, text: text)).hasPrefix(
                "← Ana: &lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;quoted&quot;<br>second line<br>"))
    }

    @Test func `a link that is no web address is only a name`() {
        var message = activity(4)
        message.media = [
            ActivityMedia(kind: .image, url: "javascript:alert(1)", filename: "a<b>.jpg"),
            ActivityMedia(kind: .audio, url: "https://p.example.com/m/1"),
        ]
        #expect(html(message).contains("<br>📎 a&lt;b&gt;.jpg<br>📎 <a href=\"https://p.example.com/m/1\">audio</a><br>"))
    }

    @Test func `a marker that a customer types does not count`() {
        let body = html(activity(5, text: "Puente \(puenteID(6)) is mine"))
        #expect(CommunicationBody.marker(in: body) == puenteID(5))
        #expect(CommunicationBody.marker(in: "<p>" + body + "</p>\n") == puenteID(5))
        #expect(CommunicationBody.marker(in: "Puente is a bridge") == nil)
        #expect(CommunicationBody.marker(in: "") == nil)
    }

    @Test(arguments: ["&", "\"", "\n", "a", "🎁"])
    func `the longest text stays below HubSpot's limit, whatever it is made of, and keeps its marker`(
        character: String
    ) {
        var message = activity(7, direction: .outbound, text: String(repeating: character, count: 100_000))
        message.statusDetail = LocalizedText(
            en: String(repeating: "'", count: 50_000), es: String(repeating: "'", count: 50_000))
        message.media = (0..<100).map { number in
            ActivityMedia(
                kind: .document, url: "https://p.example.com/m/\(number)?" + String(repeating: "&a=1", count: 300),
                filename: String(repeating: "'", count: 200))
        }
        let body = html(message)

        #expect(body.utf16.count <= 65_536)
        #expect(body.utf16.count > 60_000)
        #expect(body.contains("…"))
        #expect(CommunicationBody.marker(in: body) == puenteID(7))
    }

    @Test func `a text that fits is not cut`() {
        let text = String(repeating: "a", count: 60_000)
        #expect(html(activity(8, text: text)).contains(text + "<br>"))
    }
}

@Suite struct WireTimeTests {
    @Test func `times are written and read as vendors do`() {
        #expect(morning.iso8601 == "2026-11-20T09:30:00.000Z")
        #expect(Timestamp(iso8601: "2026-11-20T09:30:02.101Z") == Timestamp(milliseconds: 1_795_167_002_101))
        for fraction in 0..<1000 {
            let time = Timestamp(milliseconds: 1_795_167_002_000 + Int64(fraction))
            #expect(Timestamp(iso8601: time.iso8601) == time)
        }
        #expect(Timestamp(iso8601: "2026-11-20T09:30:00Z") == morning)
        #expect(Timestamp(iso8601: "2026-11-20T10:30:00+01:00") == morning)
        #expect(Timestamp(iso8601: "1795167000000") == morning)
        #expect(Timestamp(iso8601: "9223372036854775807") == nil)
        #expect(Timestamp(iso8601: "yesterday") == nil)
        #expect(Timestamp(iso8601: "") == nil)
        #expect(Timestamp(milliseconds: .max).iso8601 == "9999-12-31T23:59:59.999Z")
        #expect(Timestamp(milliseconds: .min).iso8601 == "1970-01-01T00:00:00.000Z")
    }
}

import Testing

@testable import WhatsApp

@Suite struct GraphPathTests {
    @Test func `an id cannot become another path`() {
        #expect(GraphPath("106540352242922", "messages").text == "/106540352242922/messages")
        #expect(GraphPath("../me?x=1#y").text == "/..%2Fme%3Fx%3D1%23y")
        #expect(GraphPath("..").text == "/%2E%2E")
        #expect(GraphPath("a b\r\n").text == "/a%20b%0D%0A")
        #expect(GraphPath("ñ").text == "/%C3%B1")
    }

    @Test func `a query leaves out what has no value`() {
        let path = GraphPath("1", "message_templates", query: [("fields", "a,b"), ("after", nil), ("limit", "50")])

        #expect(path.text == "/1/message_templates?fields=a%2Cb&limit=50")
        #expect(GraphPath("1", query: [("after", nil)]).text == "/1")
    }
}

import Testing

@testable import Pipeline

@Suite struct ContactTextTests {
    @Test(arguments: [
        ("ana@example.com", "ana@example.com"), ("  Ana.B+x@EXAMPLE.Com.  ", "Ana.B+x@example.com"),
        ("Ana García <ana@example.com>", "ana@example.com"), ("mailto:ana@example.com", "ana@example.com"),
        ("ana@example.com; eva@example.com", "ana@example.com"), ("o'brien@example.co.uk", "o'brien@example.co.uk"),
        ("josé@correo.es", "josé@correo.es"), ("info@台灣.台灣", "info@台灣.台灣"),
    ])
    func `an address is read out of what stands around it`(written: String, text: String) {
        #expect(EmailAddress(written)?.text == text)
    }

    @Test(arguments: [
        "", "ana", "ana@", "@example.com", "ana@example", "ana@@example.com", "ana @ example.com", "a..b@example.com",
        ".ana@example.com", "ana@-example.com", "ana@example..com", "ana@10.0.0.1", "ana@example.c", "ana@exa_mple.com",
        String(repeating: "a", count: 65) + "@example.com", "ana@" + String(repeating: "a", count: 64) + ".com",
        String(repeating: "ana@example.com ", count: 100),
    ])
    func `what cannot be an address is none`(written: String) {
        #expect(EmailAddress(written) == nil)
    }

    @Test(arguments: [
        ("  Ana \t García\n", "Ana García"), ("ANA GARCÍA", "ANA GARCÍA"), ("\u{FEFF}\u{202A}Ana\u{202C}", "Ana"),
        ("陳\u{3000}怡君", "陳 怡君"), ("de la Cruz, José", "de la Cruz, José"), (" ", ""),
        ("نیم\u{200C}فاصله", "نیم\u{200C}فاصله"),
    ])
    func `a name is tidied and otherwise left alone`(written: String, name: String) {
        #expect(ContactName.tidied(written) == name)
    }

    @Test(arguments: [
        ("Ana", "García", "Ana García"), ("怡君", "陳", "陳怡君"), ("ミキ", "高橋", "高橋ミキ"), ("", "Lee", "Lee"),
        ("Mary", "陳", "Mary 陳"),
    ])
    func `two parts make a name as its language orders them`(given: String, family: String, name: String) {
        #expect(ContactName.joined(given: given, family: family) == name)
    }
}

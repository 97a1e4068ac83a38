/// Stands at the end of each text that a load writes, `#RUN-INDEX`, and is found again in whatever the far end made of
/// the text.
package struct RunMark: Hashable, Sendable, CustomStringConvertible {
    package let run: String
    package let index: Int

    package init(run: String, index: Int) {
        self.run = run
        self.index = index
    }

    package var description: String { "#\(run)-\(index)" }

    /// The last mark of this run in a text; nil when there is none.
    package init?(of run: String, in text: String) {
        let bytes = Array(text.utf8)
        let start = Array("#\(run)-".utf8)
        guard bytes.count > start.count else { return nil }
        var position = bytes.count - start.count
        while position >= 0 {
            if bytes[position..<position + start.count].elementsEqual(start) {
                let digits = bytes[(position + start.count)...].prefix { (48...57).contains($0) }
                guard let index = Int(String(decoding: digits, as: UTF8.self)) else { return nil }
                self.init(run: run, index: index)
                return
            }
            position -= 1
        }
        return nil
    }
}

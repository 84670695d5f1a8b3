import Testing

@testable import Gatehouse

@Suite("Bytes that lie in place or apart")
struct CompactBytesTests {
    @Test(
        "are the same as themselves and as no others, however many",
        arguments: [0, 1, 30, 31, 32, 33, 254, 255, 256, 1_000]
    )
    func comparison(count: Int) {
        let text = String(repeating: "x", count: count)
        #expect(areSame(text, text))
        #expect(!areSame(text, text + "x") && !areSame(text, text + "\0"))
        guard count > 0 else { return }
        #expect(!areSame(text, String(text.dropLast())))
        #expect(!areSame(text, "y" + text.dropFirst()) && !areSame(text, text.dropLast() + "y"))
    }

    @Test(
        "are told apart where as many as fit end with a byte of any kind",
        arguments: ["\0", "\u{7F}", "\u{80}", "\u{7FF}", "\u{10FFFF}"]
    )
    func lastByte(end: String) {
        let full = String(repeating: "x", count: 32 - end.utf8.count) + end
        #expect(areSame(full, full) && !areSame(full, full + "x"))
        #expect(!areSame(full, full.dropLast() + "x") && !areSame(String(full.dropLast()), full))
    }

    @Test("what a hit looks at is one cache line")
    func size() {
        #expect(MemoryLayout<CompactBytes>.stride == 32)
        #expect(MemoryLayout<CachedEntry>.stride == 64)
    }

    private func areSame(_ kept: String, _ other: String) -> Bool {
        var (kept, other) = (kept, other)
        return kept.withUTF8 { kept in
            let compact = CompactBytes(kept)
            return other.withUTF8 { compact.isSame(as: $0) }
        }
    }
}

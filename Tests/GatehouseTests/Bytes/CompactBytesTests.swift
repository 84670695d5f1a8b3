import Testing

@testable import Gatehouse

@Suite("Bytes that lie in place or apart")
struct CompactBytesTests {
    @Test(
        "bytes are the same as themselves and as no others, however many",
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
        "bytes that just fit are told apart, whichever byte is the last",
        arguments: ["\0", "\u{7F}", "\u{80}", "\u{7FF}", "\u{10FFFF}"]
    )
    func lastByte(end: String) {
        let full = String(repeating: "x", count: 32 - end.utf8.count) + end
        #expect(areSame(full, full) && !areSame(full, full + "x"))
        #expect(!areSame(full, full.dropLast() + "x") && !areSame(String(full.dropLast()), full))
    }

    @Test("bytes are told apart by each byte, and hashed by each", arguments: 0...70)
    func eachByte(count: Int) {
        let bytes = (0..<count).map { UInt8(ascii: "a") + UInt8($0 % 26) }
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(areSame(text, String(decoding: bytes, as: UTF8.self)))
        for place in bytes.indices {
            var others = bytes
            others[place] = UInt8(ascii: "0")
            let other = String(decoding: others, as: UTF8.self)
            #expect(!areSame(text, other))
            #expect(hash(text) != hash(other))
        }
    }

    @Test("bytes with the same hash are compared themselves", arguments: [33, 40, 63, 64, 65, 70])
    func sameHash(count: Int) {
        let bytes = Array(repeating: UInt8(ascii: "a"), count: count)
        func areSame(_ other: [UInt8]) -> Bool {
            bytes.withUnsafeBufferPointer { bytes in
                other.withUnsafeBufferPointer { other in
                    CompactBytes(BorrowedBytes(PackedBytes(count: count, hash: 7), apart: bytes))
                        .isSame(as: BorrowedBytes(PackedBytes(count: count, hash: 7), apart: other))
                }
            }
        }
        #expect(areSame(bytes))
        for place in bytes.indices {
            var others = bytes
            others[place] = UInt8(ascii: "b")
            #expect(!areSame(others))
        }
    }

    @Test("an empty or zeroed text differs from no text", arguments: ["", "\0", String(repeating: "\0", count: 32)])
    func absence(text: String) {
        #expect(!text.withBorrowedBytes { CompactBytes(nil).isSame(as: $0) })
        #expect(!CompactBytes(text).isSame(as: .absent) && CompactBytes(nil).isSame(as: .absent))
    }

    @Test("a hit looks at one cache line")
    func size() {
        #expect(MemoryLayout<CompactBytes>.stride == 32)
        #expect(MemoryLayout<CachedEntry>.stride == 64)
    }

    private func areSame(_ kept: String, _ other: String) -> Bool {
        let compact = CompactBytes(kept)
        return other.withBorrowedBytes { compact.isSame(as: $0) }
    }

    private func hash(_ text: String) -> UInt64 { text.withBorrowedBytes { $0.hash(seed: 7) } }
}

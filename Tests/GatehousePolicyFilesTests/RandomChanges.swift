#if PolicyFiles
import SeededGenerator

extension SeededGenerator {
    private static let seasoning =
        Array("&*!?|>%@`\"'{}[]:,#-~<\n\r\t $.0\u{0}".utf8) + [0xC3, 0xEE, 0xEF, 0xBB, 0xBF, 0xFF]

    /// A text in which up to four places were taken out, copied elsewhere or spoilt.
    mutating func changed(_ text: String) -> [UInt8] {
        var bytes = Array(text.utf8)
        for _ in 0..<Int.random(in: 1...4, using: &self) {
            let index = Int.random(in: 0...bytes.count, using: &self)
            let end = min(bytes.count, index + Int.random(in: 0...3, using: &self))
            switch Int.random(in: 0..<3, using: &self) {
            case 0: bytes.removeSubrange(index..<end)
            case 1:
                bytes.insert(contentsOf: bytes[index..<end], at: Int.random(in: 0...bytes.count, using: &self))
            default: bytes.insert(Self.seasoning[Int.random(in: Self.seasoning.indices, using: &self)], at: index)
            }
        }
        return bytes
    }
}
#endif

/// The SHA-256 (FIPS 180-4) of a policy's content, equal for equal policies in every process, and for no others.
public struct PolicyRevision: Sendable, Hashable, CustomStringConvertible {
    /// The revision as 64 hexadecimal digits in lower case.
    public let text: String

    /// Makes a revision from its text; `nil` for any text but 64 hexadecimal digits in lower case.
    public init?(_ text: String) {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        let letters = UInt8(ascii: "a")...UInt8(ascii: "f")
        guard text.utf8.count == 64, text.utf8.allSatisfy({ digits.contains($0) || letters.contains($0) }) else {
            return nil
        }
        self.text = text
    }

    init(wellFormed text: String) {
        self.text = text
    }

    public var description: String { text }
}

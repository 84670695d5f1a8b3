#if PolicyFiles
import GatehouseBase

/// A YAML text in which each `&`, `*`, `!` and `?` is replaced by a character of the private use area that the text
/// does not have, so that Yams meets no anchor, alias, tag or complex key.
///
/// Up to the first real indicator libyaml reads the masked text as it would read the original; there it finds a
/// plain scalar that starts with the mask. So the tree of a masked text either shows the first real one, or is,
/// with the masks taken back, the tree of the original. One scalar stands for one, so positions are the same.
struct YAMLMask: Sendable {
    /// The masked text.
    let text: [UInt8]
    /// Characters that the text does not have, for marking keys.
    let spares: [Unicode.Scalar]
    private let marks: Set<Unicode.Scalar>
    private let indicators: [Unicode.Scalar: Indicator]
    /// The text without masks.
    let original: YAMLText

    /// A character that begins something which a policy document does not have.
    enum Indicator: UInt8, CaseIterable, Sendable {
        case anchor = 0x26
        case alias = 0x2A
        case tag = 0x21
        case complexKey = 0x3F

        var message: String {
            switch self {
            case .anchor: "an anchor (&) is not supported"
            case .alias: "an alias (*) is not supported; a text that starts with * stands in quotes"
            case .tag: "a tag (!) is not supported"
            case .complexKey: "a complex key (?) is not supported"
            }
        }
    }

    /// - Throws: ``SyntaxError`` for a text that uses up the private use area.
    init(_ text: YAMLText) throws(SyntaxError) {
        let free = Self.unusedCharacters(in: text.bytes, count: Indicator.allCases.count + 128)
        guard free.count >= Indicator.allCases.count else {
            throw SyntaxError(
                "the document uses every character of the private use area",
                at: SourcePosition(line: 1, column: 1)
            )
        }
        let masks = zip(Indicator.allCases, free)
        indicators = Dictionary(masks.map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        spares = Array(free.dropFirst(Indicator.allCases.count))
        marks = Set(spares)
        original = text

        var replacements: [UInt8: [UInt8]] = [:]
        for (indicator, mask) in masks { replacements[indicator.rawValue] = Array(String(mask).utf8) }
        var masked: [UInt8] = []
        masked.reserveCapacity(text.bytes.count + text.bytes.count / 8)
        var rest = text.bytes
        while let index = rest.firstIndex(where: { Indicator(rawValue: $0) != nil }) {
            masked += rest[..<index]
            masked += replacements[rest[index]] ?? []
            rest = rest[(index + 1)...]
        }
        masked += rest
        self.text = masked
    }

    /// The text of a scalar without masks and marks, and the indicator that it really starts with.
    func unmask(_ masked: String, isPlain: Bool) -> (text: String, indicator: Indicator?) {
        guard masked.utf8.contains(where: { $0 == 0xEE || $0 == 0xEF }) else { return (masked, nil) }  // U+E000…
        let scalars = masked.unicodeScalars.filter { !marks.contains($0) }
        var text = String.UnicodeScalarView()
        for scalar in scalars {
            text.append(indicators[scalar].map { Unicode.Scalar($0.rawValue) } ?? scalar)
        }
        guard isPlain, let first = scalars.first, let indicator = indicators[first] else {
            return (String(text), nil)
        }
        // A question mark that no space follows begins a plain scalar.
        let isReal =
            indicator != .complexKey
            || scalars.dropFirst().first.map { " \t\n".unicodeScalars.contains($0) } ?? true
        return (String(text), isReal ? indicator : nil)
    }

    private static func unusedCharacters(in bytes: ArraySlice<UInt8>, count: Int) -> [Unicode.Scalar] {
        let area = UInt32(0xE000)...UInt32(0xF8FF)
        var isUsed = Array(repeating: false, count: area.count)
        // The text is valid UTF-8: behind EE to EF stand two continuation bytes.
        bytes.withUnsafeBufferPointer { bytes in
            for (index, byte) in bytes.enumerated() where byte == 0xEE || byte == 0xEF {
                let rest = bytes[index...].dropFirst().prefix(2)
                let value = rest.reduce(UInt32(byte & 0x0F)) { $0 << 6 | UInt32($1 & 0x3F) }
                if area.contains(value) { isUsed[Int(value - area.lowerBound)] = true }
            }
        }
        return area.lazy.filter { !isUsed[Int($0 - area.lowerBound)] }.prefix(count).compactMap {
            Unicode.Scalar($0)
        }
    }
}
#endif

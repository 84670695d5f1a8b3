#if PolicyFiles
import GatehouseBase

/// A YAML text in which each `&`, `*`, `!` and `?` is replaced by a character of the private use area that the text does not have. Yams
/// thus meets no anchor, alias, tag or complex key.
///
/// Up to the first real indicator, libyaml reads the masked text as it reads the original. There it finds a plain scalar that starts with
/// the mask. The tree of a masked text thus either shows the first real indicator, or equals the tree of the original after the masks are
/// undone. Each mask is a single scalar, so that all positions stay equal.
struct YAMLMask: Sendable {
    /// The masked text.
    let text: [UInt8]
    /// Characters that the text does not have, for marks in keys.
    let spares: [Unicode.Scalar]
    /// The text without masks.
    let original: YAMLText
    private let area: PrivateUseArea

    /// A character that begins a construct which a policy document may not have.
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

    /// Masks a text.
    ///
    /// - Throws: ``SyntaxError`` for a text that uses all of the private use area.
    init(_ text: YAMLText) throws(SyntaxError) {
        var area = PrivateUseArea(unusedIn: text.bytes)
        let indicators = Indicator.allCases
        let free = area.free(indicators.count + 128)
        guard free.count >= indicators.count else {
            throw SyntaxError(
                "the document uses every character of the private use area",
                at: SourcePosition(line: 1, column: 1)
            )
        }
        for (indicator, mask) in zip(indicators, free) { area.give(mask, .stands(for: indicator)) }
        spares = Array(free.dropFirst(indicators.count))
        for spare in spares { area.give(spare, .nothing) }
        self.area = area
        original = text
        self.text = Self.masked(text.bytes, zip(indicators, free).map { ($0.rawValue, Array(String($1).utf8)) })
    }

    private static func masked(_ bytes: ArraySlice<UInt8>, _ masks: [(byte: UInt8, mask: [UInt8])]) -> [UInt8] {
        bytes.withUnsafeBufferPointer { bytes in
            var masked: [UInt8] = []
            masked.reserveCapacity(bytes.count + bytes.count / 8)
            // The next index of each indicator. A long text may have few indicators, or may consist of them.
            var next = masks.map { bytes.firstIndex(of: $0.byte, from: 0) ?? bytes.count }
            var done = 0
            while let (which, index) = next.enumerated().min(by: { $0.element < $1.element }), index < bytes.count {
                masked.append(contentsOf: bytes[done..<index])
                masked.append(contentsOf: masks[which].mask)
                done = index + 1
                next[which] = bytes.firstIndex(of: masks[which].byte, from: done) ?? bytes.count
            }
            masked.append(contentsOf: bytes[done...])
            return masked
        }
    }

    /// Returns the text of a scalar without masks and marks, and the real indicator at its start; `nil` if there is none.
    func unmask(_ masked: String, isPlain: Bool) -> (text: String, indicator: Indicator?) {
        masked.withUTF8Bytes { bytes in
            guard let first = bytes.firstIndex(where: PrivateUseArea.leads) else { return (masked, nil) }
            var text = Array(bytes[..<first])
            text.reserveCapacity(bytes.count)
            var indicator: Indicator?
            var index = first
            while index < bytes.count {
                switch area.meaning(at: index, in: bytes) {
                case nil:
                    text.append(bytes[index])
                    index += 1
                case .nothing: index += 3
                case .stands(for: let found):
                    if text.isEmpty { indicator = found }
                    text.append(found.rawValue)
                    index += 3
                }
            }
            // A question mark without a following space begins a plain scalar.
            let isBare = text.count < 2 || [0x20, 0x09, 0x0A].contains(text[1])
            let isReal = isPlain && (indicator != .complexKey || isBare)
            return (String(decoding: text, as: UTF8.self), isReal ? indicator : nil)
        }
    }
}
#endif

#if PolicyFiles
import GatehouseBase

/// The rules that give a plain scalar its value, by the core schema (YAML 1.2.2, section 10.3.2).
///
/// `yes`, `on`, dates and times are strings. A number in base 8 is written `0o17`, and `017` is seventeen.
enum CoreSchema {
    static func resolve(_ text: String) -> DocumentNode.Value {
        words[ByteText(text)] ?? number(Array(text.utf8)).map { .number($0) } ?? .string(text)
    }

    private static let words: [ByteText: DocumentNode.Value] = {
        let meanings: [(DocumentNode.Value, [String])] = [
            (.null, ["", "~", "null", "Null", "NULL"]),
            (.bool(true), ["true", "True", "TRUE"]), (.bool(false), ["false", "False", "FALSE"]),
            (.number(DocumentNumber(double: .nan)), [".nan", ".NaN", ".NAN"]),
            (.number(DocumentNumber(double: .infinity)), [".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"]),
            (.number(DocumentNumber(double: -.infinity)), ["-.inf", "-.Inf", "-.INF"]),
        ]
        let pairs = meanings.flatMap { meaning, words in words.map { (ByteText($0), meaning) } }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }()

    private static func number(_ bytes: [UInt8]) -> DocumentNumber? {
        let isSigned = bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+")
        let digits = isSigned ? bytes.dropFirst() : bytes[...]
        if !isSigned, let number = based(digits, prefix: "0o", radix: 8) ?? based(digits, prefix: "0x", radix: 16) {
            return number
        }
        if !digits.isEmpty, digits.allSatisfy(isDigit) {
            return integer(String(decoding: bytes, as: UTF8.self), radix: 10)
        }
        guard isFloat(digits) else { return nil }
        // Swift reads every text of this grammar. A number that is too large becomes infinite.
        return DocumentNumber(
            double: Double(String(decoding: bytes, as: UTF8.self)) ?? .infinity,
            json: json(bytes)
        )
    }

    /// Returns a decimal number in JSON's grammar: without a plus and leading zeros, and with a digit before and after the point.
    private static func json(_ bytes: [UInt8]) -> JSONNumber {
        let isNegative = bytes.first == UInt8(ascii: "-")
        let digits = bytes.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
        let whole = digits.prefix(while: isDigit)
        var rest = digits.dropFirst(whole.count)
        let significant = whole.drop { $0 == UInt8(ascii: "0") }
        if rest.first == UInt8(ascii: "."), rest.dropFirst().first.map(isDigit) != true { rest = rest.dropFirst() }
        let text = (isNegative ? "-" : "") + String(decoding: significant.isEmpty ? [0x30] : significant, as: UTF8.self)
        return JSONNumber(unchecked: text + String(decoding: rest, as: UTF8.self))
    }

    private static func based(_ digits: ArraySlice<UInt8>, prefix: String, radix: Int) -> DocumentNumber? {
        guard digits.starts(with: prefix.utf8), digits.count > 2 else { return nil }
        let rest = String(decoding: digits.dropFirst(2), as: UTF8.self)
        let isWellFormed = rest.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "7"): true
            case UInt8(ascii: "8")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
                UInt8(ascii: "A")...UInt8(ascii: "F"):
                radix == 16
            default: false
            }
        }
        return isWellFormed ? integer(rest, radix: radix) : nil
    }

    private static func integer(_ text: String, radix: Int) -> DocumentNumber {
        let json =
            radix == 10 ? json(Array(text.utf8)) : UInt64(text, radix: radix).map { JSONNumber(unchecked: "\($0)") }
        guard let integer = Int(text, radix: radix) else {
            return DocumentNumber(double: Double(json?.text ?? "") ?? .infinity, json: json)
        }
        return DocumentNumber(double: Double(integer), integer: integer, json: json)
    }

    /// Returns true for a text of the grammar `( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`.
    private static func isFloat(_ digits: ArraySlice<UInt8>) -> Bool {
        var rest = digits
        let whole = rest.prefix(while: isDigit).count
        rest = rest.dropFirst(whole)
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            let fraction = rest.prefix(while: isDigit).count
            rest = rest.dropFirst(fraction)
            guard whole > 0 || fraction > 0 else { return false }
        } else if whole == 0 {
            return false
        }
        guard let mark = rest.first else { return true }
        guard mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E") else { return false }
        rest = rest.dropFirst()
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        return !rest.isEmpty && rest.allSatisfy(isDigit)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
}
#endif

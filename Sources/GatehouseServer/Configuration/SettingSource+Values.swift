#if Server
import Gatehouse
import GatehouseBase
import GatehousePolicyFiles

/// The values of settings by their forms. A value of another form is a problem, and never becomes the default.
extension SettingSource {
    /// A text with its position.
    struct Text {
        let text: String
        let found: Found
        let position: SourcePosition?
    }

    /// Returns the text of a key; `nil` if there is no value, or if the value is not a text.
    mutating func text(_ key: SettingKey) -> Text? {
        guard let found = self[key] else { return nil }
        switch found.value {
        case .text(let text): return Text(text: text, found: found, position: nil)
        case .node(let node): return text(node, found)
        }
    }

    private mutating func text(_ node: DocumentNode, _ found: Found) -> Text? {
        guard let text = node.string else {
            wrong(found, "must be a text, not \(node.kind); put quotation marks around it", at: node.position)
            return nil
        }
        guard !text.isEmpty else {
            wrong(found, "is empty; leave the key out for the default", at: node.position)
            return nil
        }
        return Text(text: text, found: found, position: node.position)
    }

    /// Returns the texts of a list, or the parts of a variable between commas; `nil` if there is no value.
    mutating func list(_ key: SettingKey) -> [Text]? {
        guard let found = self[key] else { return nil }
        switch found.value {
        case .text(let text):
            let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(\.trimmingSpaces)
            guard !parts.contains("") else {
                wrong(found, "has an empty entry between its commas")
                return nil
            }
            return parts.map { Text(text: $0, found: found, position: nil) }
        case .node(let node):
            guard case .sequence(let elements) = node.value else {
                wrong(found, "must be a list, not \(node.kind)")
                return nil
            }
            return elements.compactMap { text($0, found) }
        }
    }

    /// Returns the value that a text stands for; `nil` if there is no text, or if the text is not valid.
    mutating func value<Value>(_ key: SettingKey, _ form: String, _ read: (String) -> Value?) -> Value? {
        guard let text = text(key) else { return nil }
        if let value = read(text.text) { return value }
        wrong(text.found, "must be \(form), and is “\(text.text.printable)”")
        return nil
    }

    /// Returns the values that the texts of a list stand for.
    mutating func values<Value>(_ key: SettingKey, _ form: String, _ read: (String) -> Value?) -> [Value]? {
        guard let texts = list(key) else { return nil }
        var values: [Value] = []
        for text in texts {
            if let value = read(text.text) {
                values.append(value)
            } else {
                wrong(text.found, "must be \(form), and has “\(text.text.printable)”", at: text.position)
            }
        }
        return values
    }

    /// Returns `true` or `false`; `nil` if there is no value.
    mutating func flag(_ key: SettingKey) -> Bool? {
        guard let found = self[key] else { return nil }
        switch found.value {
        case .node(let node):
            if case .bool(let flag) = node.value { return flag }
            wrong(found, "must be true or false, not \(node.kind)")
        case .text(let text):
            if let flag = Bool(text) { return flag }
            wrong(found, "must be true or false, and is “\(text.printable)”")
        }
        return nil
    }

    /// Returns a number.
    mutating func fraction(_ key: SettingKey, in range: ClosedRange<Double>) -> Double? {
        guard let found = self[key] else { return nil }
        let value: Double? =
            switch found.value {
            case .node(let node): if case .number(let number) = node.value { number.double } else { nil }
            case .text(let text): Self.decimal(text)
            }
        guard let value, range.contains(value) else {
            wrong(found, "must be a number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return value
    }

    private static func decimal(_ text: String) -> Double? {
        // `Double` also reads hexadecimal digits, “inf” and “nan”, which are not accepted here.
        text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") } ? Double(text) : nil
    }

    /// Returns a time such as `10m`.
    mutating func time(_ key: SettingKey, from least: Duration) -> Duration? {
        let form = "a time such as 500ms, 5s, 10m, 1h or 400d"
        guard let time = value(key, form, { Duration(setting: $0) }) else { return nil }
        guard time >= least else {
            if let found = self[key] { wrong(found, "must be at least \(least)") }
            return nil
        }
        return time
    }
}

extension Substring {
    fileprivate var trimmingSpaces: String {
        let start = drop { $0 == " " }
        return start.lastIndex { $0 != " " }.map { String(start[...$0]) } ?? ""
    }
}
#endif

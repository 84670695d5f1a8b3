#if Configuration
import Configuration
import GatehouseBase

/// A strict reader of settings. A value that is present and not valid is an error and never becomes the default, in whatever form the
/// provider keeps values.
struct SettingReader {
    let config: ConfigReader

    /// Returns a value as a text; `nil` if there is no value.
    ///
    /// Reader and providers return `nil` for a value of another type than the requested type. For that reason each value is read as a text
    /// first, and then as each other type that a file may have.
    func text(_ key: String, isSecret: Bool = false) throws(SettingError) -> String? {
        let name = ConfigKey(key)
        if let text = config.string(forKey: name, isSecret: isSecret) { return try usable(text, key) }
        if let number = config.int(forKey: name, isSecret: isSecret) { return "\(number)" }
        if let number = config.double(forKey: name, isSecret: isSecret) { return "\(number)" }
        if let flag = config.bool(forKey: name, isSecret: isSecret) { return flag ? "true" : "false" }
        guard config.stringArray(forKey: name) == nil, config.intArray(forKey: name) == nil else {
            throw SettingError(.malformed, key, "must be one value, and is a list")
        }
        return nil
    }

    /// Returns the texts of a list, or the parts of a text between commas; `nil` if there is no value.
    func list(_ key: String) throws(SettingError) -> [String]? {
        let elements: [String]
        if let list = config.stringArray(forKey: ConfigKey(key)) {
            elements = list
        } else if let text = try text(key) {
            elements = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        } else {
            return nil
        }
        var usable: [String] = []
        for element in elements { usable.append(try self.usable(element.trimmingSpaces, key)) }
        return usable
    }

    /// Returns the values that the texts of a list stand for; `nil` if there is no list.
    func list<Value>(
        _ key: String,
        of kind: String,
        _ value: (String) -> Value?
    ) throws(SettingError) -> [Value]? {
        guard let texts = try list(key) else { return nil }
        var values: [Value] = []
        for text in texts {
            guard let value = value(text) else {
                throw SettingError(.malformed, key, "“\(text.printable)” is no \(kind)")
            }
            values.append(value)
        }
        return values
    }

    /// Returns a whole number; `nil` if there is no value.
    func number(_ key: String) throws(SettingError) -> Int? {
        try value(key, "a whole number") { Int($0) }
    }

    /// Returns a number with or without a fraction; `nil` if there is no value.
    func fraction(_ key: String) throws(SettingError) -> Double? {
        try value(key, "a number") { text in Double(text).flatMap { $0.isFinite ? $0 : nil } }
    }

    /// Returns `true` or `false`; `nil` if there is no value.
    func flag(_ key: String) throws(SettingError) -> Bool? {
        try value(key, "true or false") { Bool($0) }
    }

    /// Returns a time such as `5s`; `nil` if there is no value.
    func time(_ key: String) throws(SettingError) -> Duration? {
        try value(key, "a time such as 500ms, 5s, 10m, 24h or 7d") { Duration(setting: $0) }
    }

    private func value<Value>(
        _ key: String,
        _ form: String,
        _ read: (String) -> Value?
    ) throws(SettingError) -> Value? {
        guard let text = try text(key) else { return nil }
        guard let value = read(text) else {
            throw SettingError(.malformed, key, "must be \(form), and is “\(text.printable)”")
        }
        return value
    }

    /// Returns the text. Throws for an empty text, for a written null, and for a text that the provider left in its quotation marks.
    private func usable(_ text: String, _ key: String) throws(SettingError) -> String {
        guard !text.isEmpty else { throw SettingError(.malformed, key, "is empty; leave the key out for the default") }
        guard text != "~", text != "null" else {
            throw SettingError(.malformed, key, "is “\(text)”; leave the key out for the default")
        }
        for quote in ["\"", "'"] where text.count > 1 && text.hasPrefix(quote) && text.hasSuffix(quote) {
            throw SettingError(.malformed, key, "has quotation marks around its value, which are no part of one")
        }
        return text
    }
}

extension String {
    fileprivate var trimmingSpaces: String {
        let start = drop { $0 == " " }
        return start.lastIndex { $0 != " " }.map { String(start[...$0]) } ?? ""
    }
}
#endif

#if Configuration
import Configuration
import GatehouseBase

/// Reads settings strictly: a value that is there and cannot be used is an error and never the default, whatever form the provider keeps
/// values in.
struct SettingReader {
    let config: ConfigReader

    /// A value as a text; `nil` if there is none.
    ///
    /// Reader and providers give nothing for a value of another form than is asked for. So each is read as a text first, and then as
    /// whatever a file may have in its place.
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

    /// Texts of a list or, in one text, between commas; `nil` if there is no value.
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

    /// Texts of which each stands for a value; `nil` if there is none.
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

    /// A whole number; `nil` if there is no value.
    func number(_ key: String) throws(SettingError) -> Int? {
        try value(key, "a whole number") { Int($0) }
    }

    /// A number with or without a fraction; `nil` if there is no value.
    func fraction(_ key: String) throws(SettingError) -> Double? {
        try value(key, "a number") { text in Double(text).flatMap { $0.isFinite ? $0 : nil } }
    }

    /// `true` or `false`; `nil` if there is no value.
    func flag(_ key: String) throws(SettingError) -> Bool? {
        try value(key, "true or false") { Bool($0) }
    }

    /// A time such as `5s`; `nil` if there is no value.
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

    /// Refuses what stands where somebody meant no value, or what a provider left as it was written.
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

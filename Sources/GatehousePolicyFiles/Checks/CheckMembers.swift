#if PolicyFiles
import Gatehouse

/// The members of a JSON object that has no others than `Key` names.
struct CheckMembers<Key: RawRepresentable<String> & CaseIterable & Hashable> {
    private var values: [Key: JSONNode] = [:]

    init(_ node: JSONNode, _ name: String) throws(CheckLineError) {
        guard node.kind == .object else { throw CheckLineError("\(name) must be an object") }
        for (member, value) in node.members {
            let text = member.string ?? ""
            guard let key = Key(bytesOf: text) else {
                throw CheckLineError("\(name) has no member “\(text.printable)”" + Key.suggestion(for: text))
            }
            values[key] = value
        }
    }

    subscript(key: Key) -> JSONNode? { values[key] }

    func string(_ key: Key) throws(CheckLineError) -> String? {
        guard let node = values[key] else { return nil }
        guard let string = node.string else { throw CheckLineError("“\(key.rawValue)” must be a string") }
        return string
    }

    func nonEmptyString(_ key: Key) throws(CheckLineError) -> String? {
        let string = try string(key)
        if string?.isEmpty == true { throw CheckLineError("“\(key.rawValue)” must not be empty") }
        return string
    }

    func object(_ key: Key) throws(CheckLineError) -> JSONValue? {
        guard let node = values[key] else { return nil }
        guard node.kind == .object else { throw CheckLineError("“\(key.rawValue)” must be an object") }
        return JSONValue(node)
    }

    /// An RFC 3339 string or a number of Unix seconds.
    func time(_ key: Key) throws(CheckLineError) -> Timestamp? {
        guard let node = values[key] else { return nil }
        let time =
            node.string.flatMap { Timestamp(rfc3339: $0) }
            ?? node.number?.double.flatMap { Timestamp(secondsSinceEpoch: $0) }
        guard let time else { throw CheckLineError("“\(key.rawValue)” must be \(Timestamp.expectation)") }
        return time
    }
}
#endif

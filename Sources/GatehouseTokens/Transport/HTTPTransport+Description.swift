// Whoever logs a request, an answer or what holds one must not log a credential: fields' values and bodies are counted, not
// shown, in every way that Swift has to print a value.

extension HTTPTransportField: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The name, and how many bytes the value has.
    public var description: String { "\(name.printable): \(value.utf8.count) bytes" }
    /// The same.
    public var debugDescription: String { description }
    /// The same.
    public var customMirror: Mirror {
        Mirror(self, children: ["name": name.printable, "value": "\(value.utf8.count) bytes"])
    }
}

extension HTTPTransportRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Method, address without query and user info, fields' names, and how many bytes the body has.
    public var description: String {
        "\(method.printable) \(LoggedAddress(url)), fields: \(fields.names), body: \(body.count) bytes"
    }
    /// The same.
    public var debugDescription: String { description }
    /// The same, the deadline and the limit.
    public var customMirror: Mirror {
        Mirror(
            self,
            children: [
                "method": method.printable, "url": LoggedAddress(url).description, "fields": fields.names,
                "body": "\(body.count) bytes", "deadline": deadline,
                "maximumResponseByteCount": maximumResponseByteCount,
            ]
        )
    }
}

extension HTTPTransportResponse: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Status, fields' names, and how many bytes the body has.
    public var description: String { "status \(status), fields: \(fields.names), body: \(body.count) bytes" }
    /// The same.
    public var debugDescription: String { description }
    /// The same.
    public var customMirror: Mirror {
        Mirror(self, children: ["status": status, "fields": fields.names, "body": "\(body.count) bytes"])
    }
}

extension [HTTPTransportField] {
    /// The names, of which an answer may have any number.
    var names: String {
        isEmpty ? "none" : map(\.name).joined(separator: ", ").printable(atMost: 256)
    }
}

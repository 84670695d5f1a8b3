import HTTPTypes

// Whoever logs a request, an answer or a value that holds either must not log a credential: fields' values and bodies are
// counted, not shown, in every way that Swift has to print a value.

extension HTTPTransportRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Method, address without query and user info, fields' names, and how many bytes the body has.
    public var description: String {
        "\(method.rawValue.printable) \(LoggedAddress(url)), fields: \(headerFields.names), body: \(body.count) bytes"
    }
    /// The description.
    public var debugDescription: String { description }
    /// The parts of the description, the deadline and the limit.
    public var customMirror: Mirror {
        Mirror(
            self,
            children: [
                "method": method.rawValue.printable, "url": LoggedAddress(url).description,
                "headerFields": headerFields.names, "body": "\(body.count) bytes", "deadline": deadline,
                "maximumResponseByteCount": maximumResponseByteCount,
            ]
        )
    }
}

extension HTTPTransportResponse: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Status, fields' names, and how many bytes the body has.
    public var description: String {
        "status \(status.code), fields: \(headerFields.names), body: \(body.count) bytes"
    }
    /// The description.
    public var debugDescription: String { description }
    /// The parts of the description.
    public var customMirror: Mirror {
        Mirror(
            self,
            children: [
                "status": status.code, "headerFields": headerFields.names, "body": "\(body.count) bytes",
            ]
        )
    }
}

extension HTTPFields {
    /// The names, of which an answer may have any number.
    var names: String {
        isEmpty ? "none" : map(\.name.rawName).joined(separator: ", ").printable(atMost: 256)
    }
}

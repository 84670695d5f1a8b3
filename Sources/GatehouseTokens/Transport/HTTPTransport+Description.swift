import HTTPTypes

// A log of a request, of an answer, or of a value that contains them must not show a credential. No description in Swift shows the values
// of fields or the bodies.

extension HTTPTransportRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The method, the address without query and user info, the names of the fields, and the number of bytes in the body.
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
    /// The status, the names of the fields, and the number of bytes in the body.
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
    /// The names as one text, cut to 256 characters, since an answer may have any number of fields.
    var names: String {
        isEmpty ? "none" : map(\.name.rawName).joined(separator: ", ").printable(atMost: 256)
    }
}

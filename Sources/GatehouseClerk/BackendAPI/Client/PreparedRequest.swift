import HTTPTypes

/// A request that was checked against its operation, in the form to send.
struct PreparedRequest: Sendable {
    let operation: ClerkOperation
    let url: String
    let headerFields: HTTPFields
    let body: [UInt8]
    /// The texts that must not appear in any error.
    let secrets: [String]

    /// Checks a request against its operation.
    ///
    /// - Throws: ``ClerkError`` with the code `invalidRequest` if Clerk's document does not allow the request.
    init(_ request: ClerkRequest, by client: ClerkClient) throws(ClerkError) {
        func invalid(_ message: String, _ details: [ClerkError.Detail] = []) -> ClerkError {
            ClerkError(.invalidRequest, message, operation: request.operation.printable, details: details)
        }
        guard let operation = ClerkOperation.named(request.operation) else {
            throw invalid("Clerk's API has no operation of this name, or the client does not send it")
        }
        func check(_ problem: ClerkMemberProblem?, _ place: String) throws(ClerkError) {
            guard let problem else { return }
            let code = problem.isUnknown ? "unknown_member" : "invalid_member"
            throw invalid(
                "the \(place) is not what the operation takes",
                [ClerkError.Detail(code: code, message: problem.message, parameter: problem.name)]
            )
        }
        try check(operation.problem(inQuery: request.query), "query")
        var members = request.body
        if case .form? = operation.body, let file = request.file {
            members = (members ?? [:]).replacing("file", with: .string(file.name))
        } else if request.file != nil {
            throw invalid("the operation takes no file")
        }
        try check(operation.problem(inBody: operation.body == nil ? members : members ?? [:]), "body")

        let configuration = client.configuration
        let prefix = operation.isAboutMachines ? configuration.machinePathPrefix : configuration.pathPrefix
        guard let path = operation.filledPath(request.path) else {
            throw invalid("the path needs \(operation.pathParameters.joined(separator: ", ")), none of them empty")
        }
        let query = Self.encode(request.query)
        url = configuration.address.droppingLastSlash + prefix + path + (query.isEmpty ? "" : "?" + query)
        self.operation = operation
        secrets = [client.secretKey.text] + Self.secrets(in: request.body)

        var fields: HTTPFields = [
            .authorization: "Bearer \(client.secretKey.text)", .accept: "application/json",
            .userAgent: "gatehouse",
        ]
        fields[.clerkAPIVersion] = configuration.apiVersion
        switch operation.body {
        case .form?:
            let form = MultipartForm(members ?? [:], file: request.file)
            fields[.contentType] = "multipart/form-data; boundary=\(form.boundary)"
            body = form.bytes
        case .object?, .list?:
            fields[.contentType] = "application/json"
            body = (members ?? [:]).utf8
        case nil:
            body = []
        }
        headerFields = fields
    }

    private static func encode(_ query: JSONValue) -> String {
        guard case .object(let members) = query else { return "" }
        return members.flatMap { member in
            let values = if case .array(let elements) = member.value { elements } else { [member.value] }
            return values.map { "\(member.name.percentEncoded)=\(($0.string ?? $0.description).percentEncoded)" }
        }
        .joined(separator: "&")
    }

    /// Returns the texts of secret members, except texts that are so short that any sentence may have them.
    private static func secrets(in value: JSONValue?) -> [String] {
        switch value {
        case .array(let elements)?: elements.flatMap { secrets(in: $0) }
        case .object(let members)?:
            members.flatMap { member in
                ClerkOperation.secretMembers.contains(member.name) ? texts(in: member.value) : secrets(in: member.value)
            }
        default: []
        }
    }

    private static func texts(in value: JSONValue) -> [String] {
        switch value {
        case .string(let text): text.utf8.count < 4 ? [] : [text]
        case .array(let elements): elements.flatMap { texts(in: $0) }
        default: []
        }
    }
}

extension HTTPField.Name {
    static let clerkAPIVersion = HTTPField.Name("Clerk-API-Version") ?? .accept
}

extension ClerkOperation {
    /// True if Clerk's own SDKs send the operation without a version in the path.
    var isAboutMachines: Bool {
        ["/m2m_tokens", "/api_keys", "/oauth_applications/access_tokens"].contains { path.hasPrefix($0) }
    }

    /// Returns the path with these ids; `nil` if there are too few or too many ids, or an id is empty or a dot segment: an empty id would
    /// name a list.
    func filledPath(_ ids: [String]) -> String? {
        var rest = ids[...]
        var filled = ""
        for part in path.split(separator: "/") {
            filled += "/"
            guard part.hasPrefix("{") else {
                filled += part
                continue
            }
            guard let id = rest.popFirst(), !id.isEmpty, id != ".", id != ".." else { return nil }
            filled += id.percentEncoded
        }
        return rest.isEmpty ? filled : nil
    }
}

extension String {
    /// The text with everything but RFC 3986's unreserved characters escaped.
    var percentEncoded: String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                bytes.append(byte)
            default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    fileprivate var droppingLastSlash: String { hasSuffix("/") ? String(dropLast()) : self }
}

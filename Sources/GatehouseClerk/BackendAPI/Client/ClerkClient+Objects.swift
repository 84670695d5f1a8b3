extension ClerkClient {
    /// Sends a request, and reads the answer as an object.
    func object<Object: ClerkObject>(
        _ operation: String,
        _ path: String...,
        query: JSONValue = [:],
        body: JSONValue? = nil,
        file: ClerkFile? = nil
    ) async throws(ClerkError) -> Object {
        let answer = try await send(ClerkRequest(operation, path: path, query: query, body: body, file: file))
        return try Object(answer, of: operation)
    }

    /// Sends a request, and reads the answer as a list of objects that Clerk does not divide into pages.
    func objects<Object: ClerkObject>(
        _ operation: String,
        _ path: String...,
        query: JSONValue = [:],
        body: JSONValue? = nil
    ) async throws(ClerkError) -> [Object] {
        let answer = try await send(ClerkRequest(operation, path: path, query: query, body: body))
        return try ClerkList(answer, of: operation).elements
    }

    /// Returns all objects of a list, page by page.
    func pages<Object: ClerkObject>(
        _ operation: String,
        _ path: String...,
        query: JSONValue
    ) -> ClerkPages<Object> {
        ClerkPages(client: self, request: ClerkRequest(operation, path: path, query: query))
    }
}

extension ClerkClient {
    /// Returns the elements of an answer that is a list; `nil` for any other answer.
    package static func elements(of answer: JSONValue) -> [JSONValue]? {
        let list = if case .array = answer { answer } else { answer["data"] ?? answer["m2m_tokens"] ?? .null }
        return if case .array(let elements) = list { elements } else { nil }
    }

    /// Returns all objects of a list of any kind, page by page.
    package func elements(_ request: ClerkRequest) -> ClerkPages<ClerkListedObject> {
        ClerkPages(client: self, request: request)
    }
}

/// An object of a list of any kind.
package struct ClerkListedObject: ClerkObject {
    package let json: JSONValue
    package let id: String

    package init(id: String, json: JSONValue) {
        (self.id, self.json) = (id, json)
    }
}

/// A list in an answer of Clerk: an array, or an object with an array and the number of objects in all.
struct ClerkList<Object: ClerkObject> {
    let elements: [Object]
    /// The total number of objects; `nil` if Clerk does not return it.
    let totalCount: Int?

    init(_ answer: JSONValue, of operation: String) throws(ClerkError) {
        guard let elements = ClerkClient.elements(of: answer) else {
            throw ClerkError(.invalidAnswer, "the answer is no list", operation: operation)
        }
        var objects: [Object] = []
        objects.reserveCapacity(elements.count)
        for element in elements { objects.append(try Object(element, of: operation)) }
        self.elements = objects
        totalCount = answer["total_count"]?.int
    }
}

/// The machines of the instance, which may have their own tokens.
public struct ClerkMachines: Sendable {
    let client: ClerkClient

    /// Makes a machine. The answer contains its secret key.
    ///
    /// - Parameters:
    ///   - name: The name for people.
    ///   - scopes: The ids of the machines whose tokens the new machine may verify.
    ///   - defaultTokenLifetime: The lifetime in seconds of a token without a given lifetime; `nil` for an hour.
    public func create(name: String, scopes: [String] = [], defaultTokenLifetime: Int? = nil) async throws(ClerkError)
        -> ClerkMachine
    {
        let body = JSONValue.body([
            ("name", .string(name)), ("scoped_machines", .optional(scopes)),
            ("default_token_ttl", .optional(defaultTokenLifetime)),
        ])
        return try await client.object("CreateMachine", body: body)
    }

    /// Returns a machine.
    public func get(_ id: String) async throws(ClerkError) -> ClerkMachine {
        try await client.object("GetMachine", id)
    }

    /// Returns all machines.
    public func list(query: String? = nil) -> ClerkPages<ClerkMachine> {
        client.pages("ListMachines", query: .body([("query", .optional(query))]))
    }

    /// Changes a machine. A value of `nil` is not changed.
    public func update(_ id: String, name: String? = nil, defaultTokenLifetime: Int? = nil) async throws(ClerkError)
        -> ClerkMachine
    {
        let body = JSONValue.body([
            ("name", .optional(name)), ("default_token_ttl", .optional(defaultTokenLifetime)),
        ])
        return try await client.object("UpdateMachine", id, body: body)
    }

    /// Deletes a machine.
    @discardableResult
    public func delete(_ id: String) async throws(ClerkError) -> ClerkDeletedObject {
        try await client.object("DeleteMachine", id)
    }

    /// Returns the machine's secret key.
    public func secretKey(of id: String) async throws(ClerkError) -> String {
        try await client.secret(ClerkRequest("GetMachineSecretKey", path: [id]))
    }

    /// Makes a new secret key.
    ///
    /// - Parameters:
    ///   - id: The id of the machine.
    ///   - previousLifetime: The seconds for which tokens of the old key go on.
    public func rotateSecretKey(of id: String, previousLifetime: Int) async throws(ClerkError) -> String {
        let body: JSONValue = ["previous_token_ttl": .number(JSONNumber(previousLifetime))]
        return try await client.secret(ClerkRequest("RotateMachineSecretKey", path: [id], body: body))
    }

    /// Allows a machine to verify the tokens of another.
    @discardableResult
    public func add(scope other: String, to id: String) async throws(ClerkError) -> JSONValue {
        try await client.send(ClerkRequest("CreateMachineScope", path: [id], body: ["to_machine_id": .string(other)]))
    }

    /// No longer allows a machine to verify the tokens of another.
    @discardableResult
    public func remove(scope other: String, from id: String) async throws(ClerkError) -> JSONValue {
        try await client.send(ClerkRequest("DeleteMachineScope", path: [id, other]))
    }
}

extension ClerkClient {
    /// The machines of the instance, which may have their own tokens.
    public var machines: ClerkMachines { ClerkMachines(client: self) }
}

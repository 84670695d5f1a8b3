/// A machine, which may have its own tokens.
public struct ClerkMachine: ClerkObject {
    public let json: JSONValue
    public let id: String

    public init(id: String, json: JSONValue) {
        (self.id, self.json) = (id, json)
    }
}

extension ClerkMachine {
    /// The name for people.
    public var name: String? { json.text("name") }
    /// The machine's secret key, which is returned only at its creation.
    public var secretKey: String? { json.text("secret_key") }
    /// The machines whose tokens this machine may verify.
    public var scopedMachineIDs: [String] { json["scoped_machines"]?.elements.compactMap { $0.text("id") } ?? [] }
}

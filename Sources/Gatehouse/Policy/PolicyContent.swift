/// The bytes of everything in a policy. The policy could be read from them again, so no two policies have the same bytes.
///
/// - A number is 8 bytes, the lowest first.
/// - A text is the number of its UTF-8 bytes, followed by the bytes. A condition is the text of its compact JSON.
/// - A list is the number of its elements, followed by the elements. An optional is a list of at most one element.
///
/// The first text is a label that names this encoding.
struct PolicyContent {
    /// The label of the encoding. Another encoding needs another label.
    static let label = "gatehouse policy 2"

    private(set) var bytes: [UInt8] = []

    init(of policy: Policy) {
        append(Self.label)
        append(policy.combining.rawValue)
        append(optional: policy.permissions) { content, permissions in
            content.append(permissions) { content, permission in
                content.append(permission.name)
                content.append(permission.description)
            }
        }
        append(policy.roles) { $0.append($1) }
        append(policy.rules) { $0.append($1) }
        append(policy.constraints) { $0.append($1) }
        append(policy.assignments) { $0.append($1) }
    }

    private mutating func append(_ role: Role) {
        append(role.name)
        append(optional: role.description) { $0.append($1) }
        append(role.inherits)
        append(role.grants)
        append(role.denies)
    }

    private mutating func append(_ rule: Rule) {
        append(rule.id)
        append(rule.effect.rawValue)
        append(rule.roles)
        append(rule.permissions)
        append(optional: rule.condition) { $0.append($1.json.description) }
    }

    private mutating func append(_ constraint: Constraint) {
        append(constraint.id)
        append(constraint.kind.rawValue)
        append(constraint.limit)
        append(constraint.roles)
    }

    private mutating func append(_ assignment: Assignment) {
        append(assignment.principal)
        append(assignment.type)
        append(optional: assignment.issuer) { $0.append($1) }
        append(optional: assignment.organization) { $0.append($1) }
        append(assignment.role.role)
        append(optional: assignment.role.resource) { content, resource in
            content.append(resource.type)
            content.append(resource.id)
        }
        append(optional: assignment.role.notBefore) { $0.append($1) }
        append(optional: assignment.role.notAfter) { $0.append($1) }
    }

    private mutating func append(_ time: Timestamp) {
        append(Int(time.seconds))
        append(Int(time.nanoseconds))
    }
}

extension PolicyContent {
    private mutating func append(_ texts: [String]) {
        append(texts) { $0.append($1) }
    }

    private mutating func append<Element>(_ list: [Element], _ append: (inout Self, Element) -> Void) {
        self.append(list.count)
        for element in list { append(&self, element) }
    }

    private mutating func append<Value>(optional value: Value?, _ append: (inout Self, Value) -> Void) {
        self.append(value == nil ? 0 : 1)
        if let value { append(&self, value) }
    }

    private mutating func append(_ text: String) {
        text.withUTF8Bytes { text in
            append(text.count)
            bytes.append(contentsOf: text)
        }
    }

    private mutating func append(_ number: Int) {
        withUnsafeBytes(of: Int64(number).littleEndian) { bytes.append(contentsOf: $0) }
    }
}

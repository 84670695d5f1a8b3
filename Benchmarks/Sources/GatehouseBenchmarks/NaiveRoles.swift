/// What one writes without an engine: a dictionary of sets of names, united for each check.
struct NaiveRoles {
    private let granted: [String: Set<String>] = [
        "org:member": ["org:invoices:read", "org:reports:read"],
        "org:billing": ["org:invoices:pay"],
        "org:admin": ["org:invoices:read", "org:reports:read", "org:invoices:void", "org:members:manage"],
    ]
    private let roles = ["org:member", "org:billing", "org:admin"]

    @inline(never)
    func naive(_ count: Int) throws {
        for _ in 0..<count {
            let held = roles.reduce(into: Set<String>()) { $0.formUnion(granted[$1] ?? []) }
            guard held.contains("org:invoices:pay") else { throw WrongAnswer() }
        }
    }
}

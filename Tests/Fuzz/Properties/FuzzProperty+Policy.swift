#if PolicyFiles
import Gatehouse
import GatehousePolicyFiles

/// Whatever a document holds, each mistake has its place, and a policy without mistakes answers its questions alike.
///
/// The input is a policy document and, after a NUL, a check line.
@Sendable func checkPolicy(_ input: [UInt8]) throws(FuzzFinding) {
    let parts = input.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
    let document = PolicyDocument(reading: Array(parts[0]))
    try expect(document.findings.allSatisfy { $0.position != nil }, "a finding has no place")
    guard let policy = document.policy else {
        try expect(document.findings.contains { $0.severity == .error }, "refused, and nothing is wrong")
        return
    }
    guard let engine = try? PolicyEngine(policy), let now = Timestamp(seconds: 1_800_000_000) else {
        throw FuzzFinding("a document without errors is no policy")
    }
    let line = parts.count > 1 ? Array(parts[1]) : Array(#"{"principal":{"id":"a"},"permission":"a:b"}"#.utf8)
    let (_, isAllowed) = engine.answer(checkLine: line, now: now)
    guard let check = try? CheckLine(reading: line, now: now).check else {
        try expect(!isAllowed, "what is no check was allowed")
        return
    }
    let resource = check.resource
    let resolved = engine.resolve(check.principal)
        .allows(check.permission, on: resource, action: check.action, context: check.context, at: check.time)
    try expect(engine.allows(check) == isAllowed && resolved == isAllowed, "the answers differ")
    try expect(engine.explain(check).decision.isAllowed == isAllowed, "the explanation differs")
    let listed = engine.permissions(of: check.principal, on: resource?.resourceID, at: check.time)
        .first { $0.permission == check.permission.name }
    if engine.permissionNames.contains(check.permission.name) {
        try expect(listed != nil || !isAllowed, "allowed, and not listed")
        try expect(listed?.isConditional != false || isAllowed, "listed, and not allowed")
    }
    try expect((try? engine.differences(to: engine)) == [], "a policy differs from itself")
}
#endif

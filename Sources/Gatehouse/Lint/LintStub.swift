extension Condition { func findings(rule: Int) -> [Finding] { [] } }

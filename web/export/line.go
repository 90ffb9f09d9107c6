package export

import "strings"

// Line returns a line of a CSV file as RFC 4180 has it: commas between fields, which are quoted where they hold one, CR LF behind them.
func Line(fields ...string) string {
	quoted := make([]string, len(fields))
	for i, f := range fields {
		if strings.ContainsAny(f, ",\"\r\n") {
			f = `"` + strings.ReplaceAll(f, `"`, `""`) + `"`
		}
		quoted[i] = f
	}
	return strings.Join(quoted, ",") + "\r\n"
}

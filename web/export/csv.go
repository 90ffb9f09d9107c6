package export

// csv appends the rows as RFC 4180 has them: commas between numbers, CR LF behind each row. A
// masked cell is empty. There is no header, so a file is the matrix that it shows.
func (r Rows) csv(b []byte, t Table) []byte {
	for i := range r.count(t) {
		for k, v := range r.Data[i*t.Cols:][:t.Cols] {
			if k > 0 {
				b = append(b, ',')
			}
			if !r.Masked(r.From+i, k) {
				b = appendNumber(b, v)
			}
		}
		b = append(b, "\r\n"...)
	}
	return b
}

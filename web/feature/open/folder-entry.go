package open

import "glassbox/web/feature"

// FolderEntry lets the reader pick a folder, from the menu of models.
type FolderEntry struct{ Screen *feature.Screen }

// Pick shows the dialog of the system.
func (c *FolderEntry) Pick() {
	c.Screen.Do(Pick{Folder: true})
	c.Screen.Send(feature.MenuToggled{})
}

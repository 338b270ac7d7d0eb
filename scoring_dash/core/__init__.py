"""The words of the project and its errors; knows no library beyond the standard one."""
